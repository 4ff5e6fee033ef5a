package org.interregnum.orchestrator.adapter.export.sweep;

import java.awt.Color;

/**
 * Colours for numbers: viridis of Smith and van der Walt, whose lightness grows evenly for any colour vision and in grey.
 *
 * @param low number that has the darkest colour
 * @param high number that has the lightest one, above the low one
 */
record ColourMap(double low, double high) {
    private static final int[] STOPS = {
        0x440154, 0x482878, 0x3E4A89, 0x31688E, 0x26828E, 0x1F9E89, 0x35B779, 0x6DCD59, 0xB4DE2C, 0xFDE725
    };

    private static final double LIGHT = 140;

    /** Colours for numbers between two; for a single number, for some around it. */
    static ColourMap between(double least, double most) {
        return most > least
                ? new ColourMap(least, most)
                : new ColourMap(least - Math.max(Math.abs(least), 1) / 2, least + Math.max(Math.abs(least), 1) / 2);
    }

    Color of(double value) {
        double place = Math.max(0, Math.min(1, (value - low) / (high - low))) * (STOPS.length - 1);
        int stop = Math.min(STOPS.length - 2, (int) place);
        return mixed(new Color(STOPS[stop]), new Color(STOPS[stop + 1]), place - stop);
    }

    static Color mixed(Color one, Color other, double share) {
        return new Color(
                (int) Math.round(one.getRed() + share * (other.getRed() - one.getRed())),
                (int) Math.round(one.getGreen() + share * (other.getGreen() - one.getGreen())),
                (int) Math.round(one.getBlue() + share * (other.getBlue() - one.getBlue())));
    }

    /** The colour of letters on a colour. */
    static Color letters(Color ground) {
        double lightness = 0.299 * ground.getRed() + 0.587 * ground.getGreen() + 0.114 * ground.getBlue();
        return lightness > LIGHT ? Ink.BLACK : Color.WHITE;
    }
}
