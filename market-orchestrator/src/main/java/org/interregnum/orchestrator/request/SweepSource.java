package org.interregnum.orchestrator.request;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What somebody asked for, word for word, so that a sweep can be read again when it is started again.
 *
 * @param options the options of settings, by their first names, with what was given
 * @param seeds number of seeds; empty when none was given as an option
 * @param fileName name of the sweep file; empty without one
 * @param fileText all of the sweep file; empty without one
 */
public record SweepSource(Map<String, String> options, Optional<String> seeds, String fileName, String fileText) {
    public SweepSource {
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }

    /**
     * The sweep that was asked for.
     *
     * @param changed options that replace those of the same settings
     * @throws BadInputException when something is not as it must be
     */
    public SweepRequest read(Map<Setting, Given> changed) {
        Map<Setting, Given> given = new EnumMap<>(Setting.class);
        options.forEach((name, text) ->
                Setting.ofOption(name).ifPresent(setting -> given.put(setting, new Given(name, text))));
        given.putAll(changed);
        return SweepRequestReader.read(
                given,
                seeds.map(text -> new Given("--" + SweepFileContent.SEEDS, text)),
                fileName.isEmpty() ? SweepFileContent.NONE : RunFile.parseSweep(fileName, fileText));
    }
}
