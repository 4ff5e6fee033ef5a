package org.interregnum.standalone.remote;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.interregnum.orchestrator.request.BadInputException;
import org.interregnum.orchestrator.request.Given;

/** The secret that a service wants to see. It comes from the environment or a file, because options can be seen by others. */
public final class ServiceToken {
    /** Variable that has it. */
    public static final String VARIABLE = "INTERREGNUM_TOKEN";
    /** Variable that names a file with it. */
    public static final String FILE_VARIABLE = "INTERREGNUM_TOKEN_FILE";

    private ServiceToken() {}

    /**
     * Finds it.
     *
     * @param file file that an option names, if any; it comes first
     * @return the token; empty when nobody names one
     * @throws BadInputException when it cannot be read or sent; the message does not have it
     */
    public static Optional<String> find(Optional<Given> file, Map<String, String> environment) {
        if (file.isPresent()) {
            return Optional.of(read(file.get()));
        }
        String token = environment.getOrDefault(VARIABLE, "").strip();
        if (!token.isEmpty()) {
            return Optional.of(checked(VARIABLE, token));
        }
        String named = environment.getOrDefault(FILE_VARIABLE, "").strip();
        return named.isEmpty() ? Optional.empty() : Optional.of(read(new Given(FILE_VARIABLE, named)));
    }

    private static String read(Given file) {
        try {
            return checked(file.name(), Files.readString(Path.of(file.text())).strip());
        } catch (IOException | InvalidPathException e) {
            throw file.isBad("cannot be read; must be a file with the token");
        }
    }

    private static String checked(String name, String token) {
        if (!token.matches("[\\x21-\\x7e]+")) {
            throw new BadInputException(
                    name + " has no token: must be one word of letters, digits and signs, without spaces");
        }
        return token;
    }
}
