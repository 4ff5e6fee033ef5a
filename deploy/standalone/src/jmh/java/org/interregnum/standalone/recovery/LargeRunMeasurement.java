package org.interregnum.standalone.recovery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A market of a million buyers that is killed, resumed and exported, each process on a machine of 2 GiB as far as it
 * knows. Arguments: points, and a folder for its files, which stay; of 10,001 points they take some 15 GB.
 *
 * <p>Fails when a process ever had more than 2 GiB, or a bit differs from the run that nobody disturbed.
 */
final class LargeRunMeasurement {
    private static final int LONGEST_SECONDS = 4 * 60 * 60;

    private LargeRunMeasurement() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        int points = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_001;
        Path folder = arguments.length > 1
                ? Files.createDirectories(Path.of(arguments[1]))
                : Files.createTempDirectory("large-run");
        System.out.printf("a million buyers, %d points, in %s%n", points, folder);
        new LargeRun(folder, points, LONGEST_SECONDS, System.out::println).measure();
        System.out.println("the same in every bit, and each process within 2 GiB");
    }
}
