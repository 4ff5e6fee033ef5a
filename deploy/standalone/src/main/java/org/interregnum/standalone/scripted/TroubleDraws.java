package org.interregnum.standalone.scripted;

import java.util.List;
import java.util.SplittableRandom;

/** Draws what becomes of each question, in the order in which they arrive. */
final class TroubleDraws {
    private static final List<AnswerKind> TROUBLES = AnswerKind.troubles();

    private final double[] limits = new double[TROUBLES.size()];
    private final SplittableRandom random;

    TroubleDraws(ScriptedModelOptions options) {
        random = new SplittableRandom(options.seed());
        double limit = 0;
        for (int i = 0; i < limits.length; i++) {
            limit += options.rates().getOrDefault(TROUBLES.get(i), 0.0);
            limits[i] = limit;
        }
    }

    /** A trouble, or else {@link AnswerKind#RIGHT}; one draw a question, whatever comes out. */
    synchronized AnswerKind next() {
        double draw = random.nextDouble();
        for (int i = 0; i < limits.length; i++) {
            if (draw < limits[i]) {
                return TROUBLES.get(i);
            }
        }
        return AnswerKind.RIGHT;
    }
}
