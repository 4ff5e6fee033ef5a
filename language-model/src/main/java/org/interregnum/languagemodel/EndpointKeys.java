package org.interregnum.languagemodel;

import java.util.Optional;

/** Where endpoints' keys come from. A key is handed to its endpoint and goes nowhere else. */
@FunctionalInterface
public interface EndpointKeys {
    /** The key of an endpoint, by the endpoint's name; empty for one that wants none. */
    Optional<String> keyOf(String endpoint);
}
