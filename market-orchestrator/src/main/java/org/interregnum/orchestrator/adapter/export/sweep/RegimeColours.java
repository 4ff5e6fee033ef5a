package org.interregnum.orchestrator.adapter.export.sweep;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.interregnum.orchestrator.analysis.Regime;

/** The regimes' colours, of which each has a letter as well; paler where fewer seeds agree. */
final class RegimeColours implements MapLegend {
    private static final int BOX = 18;
    private static final int ROW = 44;
    private static final double PALEST = 0.55;

    /** What a regime is drawn with; the words are those that fit beside a map. */
    private record Look(String letter, Color colour, List<String> words) {}

    @Override
    public void paint(Graphics2D graphics, int height) {
        int y = 0;
        for (Regime regime : Regime.values()) {
            Look look = look(regime);
            graphics.setColor(look.colour());
            graphics.fill(new Rectangle2D.Double(0, y, BOX, BOX));
            graphics.setColor(ColourMap.letters(look.colour()));
            Ink.text(graphics, look.letter(), Ink.bold(12), Ink.Anchor.MIDDLE, BOX / 2.0, y + 13.5);
            graphics.setColor(Ink.BLACK);
            for (int line = 0; line < look.words().size(); line++) {
                Ink.text(graphics, look.words().get(line), Ink.plain(11), Ink.Anchor.LEFT, BOX + 5, y + 13 + 14 * line);
            }
            y += ROW;
        }
    }

    /** The cell of a grid point with this regime. */
    static Cell cell(GridPoint.Found found) {
        Look look = look(found.regime());
        boolean all = found.share() > 1 - 1e-9;
        double pale = all ? 0 : PALEST * Math.min(1, 2 * (1 - found.share()));
        List<String> lines =
                all ? List.of(look.letter()) : List.of(look.letter(), Math.round(100 * found.share()) + "%");
        return new Cell(ColourMap.mixed(look.colour(), Color.WHITE, pale), lines);
    }

    private static Look look(Regime regime) {
        return switch (regime) {
            case COMPETITION -> new Look("C", new Color(0x56B4E9), List.of("competition"));
            case ALTERNATING_MONOPOLIES -> new Look("A", new Color(0xE69F00), List.of("alternating", "monopolies"));
            case STABLE_MONOPOLY -> new Look("S", new Color(0x5D2A66), List.of("stable", "monopoly"));
            case UNDETERMINED -> new Look("U", new Color(0xBBBBBB), List.of("undetermined"));
        };
    }
}
