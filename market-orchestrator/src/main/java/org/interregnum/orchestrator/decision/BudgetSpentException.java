package org.interregnum.orchestrator.decision;

/** The next call of a model might exceed the budget. The message is one line that names the limit. */
public final class BudgetSpentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message one line that names the limit */
    public BudgetSpentException(String message) {
        super(message);
    }
}
