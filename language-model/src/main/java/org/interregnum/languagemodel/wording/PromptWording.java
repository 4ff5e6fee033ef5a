package org.interregnum.languagemodel.wording;

import java.util.Map;
import java.util.Set;
import org.interregnum.languagemodel.Prompt;

/** How one kind of question is worded. */
public final class PromptWording {
    private final String variant;
    private final String hash;
    private final PromptTemplate system;
    private final PromptTemplate user;

    PromptWording(String variant, String hash, PromptTemplate system, PromptTemplate user) {
        this.variant = variant;
        this.hash = hash;
        this.system = system;
        this.user = user;
    }

    /**
     * What a model is told in one situation.
     *
     * @param values what each variable stands for
     * @param sections sections that this situation has
     * @throws PromptException when a template wants a variable that has no value
     */
    public Prompt fill(Map<String, String> values, Set<String> sections) {
        return new Prompt(variant, hash, system.fill(values, sections), user.fill(values, sections));
    }
}
