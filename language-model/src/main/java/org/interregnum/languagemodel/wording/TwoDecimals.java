package org.interregnum.languagemodel.wording;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Numbers as prompts tell them: with two decimals, whatever the language of the system. */
public final class TwoDecimals {
    private TwoDecimals() {}

    /**
     * A number with exactly two decimals, such as {@code 0.53}: its exact binary value rounded to the nearer one, a tie
     * to the even digit, as in Python's {@code f"{x:.2f}"}. Zero never has a sign.
     *
     * @param value finite
     */
    public static String of(double value) {
        return new BigDecimal(value).setScale(2, RoundingMode.HALF_EVEN).toPlainString();
    }
}
