package org.interregnum.languagemodel.wording;

import java.util.Map;
import java.util.Set;

/**
 * A decision that models are asked for, and what its templates may speak of.
 *
 * @param name what its files are called, such as {@code price} for {@code price-system.txt} and {@code price-user.txt}
 * @param variables what may be put in anywhere, by {@code {{variable}}}
 * @param sections parts that are told in some situations only, each with the variables that exist in it alone
 */
public record PromptKind(String name, Set<String> variables, Map<String, Set<String>> sections) {}
