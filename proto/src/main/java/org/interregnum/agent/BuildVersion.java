package org.interregnum.agent;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version that this build carries; the one source for all that say it. */
public final class BuildVersion {
    private static final String VERSION = read();

    private BuildVersion() {}

    /** The version, such as {@code 0.1.0}. Never empty. */
    public static String get() {
        return VERSION;
    }

    private static String read() {
        Properties build = new Properties();
        try (InputStream resource = BuildVersion.class.getResourceAsStream("build.properties")) {
            build.load(resource);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return build.getProperty("version");
    }
}
