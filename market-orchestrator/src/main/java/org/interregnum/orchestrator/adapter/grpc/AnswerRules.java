package org.interregnum.orchestrator.adapter.grpc;

import java.util.Locale;

/** What an agent's decision must be, whoever took it. */
final class AnswerRules {
    private AnswerRules() {}

    /** A price, when it is one. */
    static double price(double price, String subject, AgentWords words) {
        if (!(price >= 0 && price <= Double.MAX_VALUE)) {
            throw words.nonsense(
                    "answered a price of %s at %s; a price must be finite and at least 0".formatted(price, subject));
        }
        return price;
    }

    /** A choice among so many sellers, when it is one. */
    static int choice(int choice, int sellers, String subject, AgentWords words) {
        if (choice < -1 || choice >= sellers) {
            throw words.nonsense(String.format(
                    Locale.ROOT, "chose seller %d at %s, but sellers are 0 to %d", choice, subject, sellers - 1));
        }
        return choice;
    }
}
