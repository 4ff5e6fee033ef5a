package org.interregnum.orchestrator.adapter.export.sweep;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The settings of a run by their names, in the order of the table: a map that takes little room, because all runs of a
 * table share the names, and a value is in memory once however many runs have it.
 */
final class RunSettings extends AbstractMap<String, String> {
    private final List<String> names;
    private final String[] values;

    /**
     * Settings.
     *
     * @param names their names, which others may share
     * @param values a value each, which it keeps
     */
    RunSettings(List<String> names, String[] values) {
        this.names = names;
        this.values = values;
    }

    @Override
    public String get(Object name) {
        int place = names.indexOf(name);
        return place < 0 ? null : values[place];
    }

    @Override
    public boolean containsKey(Object name) {
        return names.contains(name);
    }

    @Override
    public Set<Map.Entry<String, String>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return values.length;
            }

            @Override
            public Iterator<Map.Entry<String, String>> iterator() {
                return new Iterator<>() {
                    private int next;

                    @Override
                    public boolean hasNext() {
                        return next < values.length;
                    }

                    @Override
                    public Map.Entry<String, String> next() {
                        return Map.entry(names.get(next), values[next++]);
                    }
                };
            }
        };
    }
}
