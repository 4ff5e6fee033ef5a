package org.interregnum.orchestrator.adapter.export.sweep;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What directories are called where each is a column: their last names, with as many parents as tell them apart. */
final class DirectoryNames {
    private DirectoryNames() {}

    /**
     * Names for some directories, in their order.
     *
     * @throws SweepUnreadableException when one of them is there twice
     */
    static List<String> of(List<Path> directories) {
        Set<Path> real = new HashSet<>();
        List<Path> whole = new ArrayList<>();
        for (Path directory : directories) {
            if (!real.add(real(directory))) {
                throw new SweepUnreadableException(
                        directory + " is there twice; what is compared must be different directories");
            }
            whole.add(directory.toAbsolutePath().normalize());
        }
        List<String> names = new ArrayList<>();
        for (Path directory : whole) {
            int parts = 1;
            while (parts < directory.getNameCount() && isShared(last(directory, parts), parts, whole)) {
                parts++;
            }
            names.add(last(directory, parts));
        }
        // One directory may be called as another one and its parent are.
        Set<String> different = new HashSet<>(names);
        return different.size() == names.size()
                ? names
                : whole.stream().map(Path::toString).toList();
    }

    private static Path real(Path directory) {
        try {
            return directory.toRealPath();
        } catch (IOException e) {
            // What is not there is said by whoever reads it.
            return directory.toAbsolutePath().normalize();
        }
    }

    private static boolean isShared(String name, int parts, List<Path> directories) {
        return directories.stream()
                        .filter(directory -> last(directory, parts).equals(name))
                        .count()
                > 1;
    }

    private static String last(Path directory, int parts) {
        int count = directory.getNameCount();
        return count == 0
                ? directory.toString()
                : directory.subpath(Math.max(0, count - parts), count).toString();
    }
}
