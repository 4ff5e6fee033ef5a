package org.interregnum.languagemodel.wording;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The wordings of prompts: those of the user's directory first, then the bundled ones. In both,
 * {@code <variant>/<kind>-system.txt} and {@code <variant>/<kind>-user.txt} make a wording. A file is read once, so a
 * wording does not change while the process runs. Safe for threads.
 */
public final class PromptLibrary {
    /** The variant that is used unless another is asked for. */
    public static final String DEFAULT_VARIANT = "plain";

    private static final Pattern VARIANT_NAME = Pattern.compile("[A-Za-z0-9-]+");

    private record Key(String kind, String variant) {}

    private final Class<?> home;
    private final Optional<Path> directory;
    private final Map<Key, PromptWording> read = new ConcurrentHashMap<>();

    /**
     * A library.
     *
     * @param home class beside which the bundled wordings lie, in {@code prompts}
     * @param directory the user's wordings, if any
     * @throws PromptException when the directory does not exist
     */
    public PromptLibrary(Class<?> home, Optional<Path> directory) {
        directory.filter(path -> !Files.isDirectory(path)).ifPresent(path -> {
            throw new PromptException("there is no directory '" + path + "' to read prompts from");
        });
        this.home = home;
        this.directory = directory;
    }

    /**
     * How a question is worded.
     *
     * @param variant name of the wording; empty for the default
     * @throws PromptException when there is none of that name, or it cannot be used
     */
    public PromptWording wording(PromptKind kind, String variant) {
        String name = variant.isEmpty() ? DEFAULT_VARIANT : variant;
        if (!VARIANT_NAME.matcher(name).matches()) {
            throw new PromptException("'" + name.replaceAll("\\p{Cntrl}", "?")
                    + "' is no name of a wording of prompts; such a name has letters, digits and hyphens");
        }
        return read.computeIfAbsent(new Key(kind.name(), name), key -> read(kind, name));
    }

    private PromptWording read(PromptKind kind, String variant) {
        String systemFile = variant + "/" + kind.name() + "-system.txt";
        String userFile = variant + "/" + kind.name() + "-user.txt";
        Optional<byte[]> system = fromDirectory(systemFile);
        Optional<byte[]> user = fromDirectory(userFile);
        if (system.isPresent() != user.isPresent()) {
            throw new PromptException("the wording '" + variant + "' in " + directory.orElseThrow() + " lacks "
                    + kind.name() + (user.isPresent() ? "-system.txt" : "-user.txt"));
        }
        if (system.isEmpty()) {
            system = bundled(systemFile);
            user = bundled(userFile);
        }
        if (system.isEmpty() || user.isEmpty()) {
            throw new PromptException("there is no wording '" + variant + "' of prompts for '" + kind.name()
                    + "'; known: " + String.join(", ", known(kind)));
        }
        return new PromptWording(
                variant,
                hash(system.get(), user.get()),
                PromptTemplate.parse(systemFile, text(systemFile, system.get()), kind),
                PromptTemplate.parse(userFile, text(userFile, user.get()), kind));
    }

    private Optional<byte[]> fromDirectory(String file) {
        if (directory.isEmpty() || !Files.exists(directory.get().resolve(file))) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readAllBytes(directory.get().resolve(file)));
        } catch (IOException e) {
            throw new PromptException("cannot read " + directory.get().resolve(file));
        }
    }

    private Optional<byte[]> bundled(String file) {
        try (InputStream resource = home.getResourceAsStream("prompts/" + file)) {
            return resource == null ? Optional.empty() : Optional.of(resource.readAllBytes());
        } catch (IOException e) {
            throw new PromptException("cannot read the bundled " + file);
        }
    }

    /** Names of the wordings that there are. The class path cannot be listed, so the bundled ones are named here. */
    private Set<String> known(PromptKind kind) {
        Set<String> names = new TreeSet<>();
        for (String variant : new String[] {DEFAULT_VARIANT, "terse"}) {
            if (bundled(variant + "/" + kind.name() + "-user.txt").isPresent()) {
                names.add(variant);
            }
        }
        if (directory.isPresent()) {
            try (Stream<Path> variants = Files.list(directory.get())) {
                variants.filter(variant -> Files.exists(variant.resolve(kind.name() + "-user.txt")))
                        .map(variant -> variant.getFileName().toString())
                        .filter(VARIANT_NAME.asMatchPredicate())
                        .forEach(names::add);
            } catch (IOException e) {
                throw new PromptException("cannot list " + directory.get());
            }
        }
        return names;
    }

    private static String hash(byte[] system, byte[] user) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(system);
            // So that text moved from one file to the other changes the hash.
            digest.update((byte) 0);
            digest.update(user);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String text(String file, byte[] content) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new PromptException(file + " is not in UTF-8");
        }
    }
}
