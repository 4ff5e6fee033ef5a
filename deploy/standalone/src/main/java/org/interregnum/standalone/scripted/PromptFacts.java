package org.interregnum.standalone.scripted;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The numbers that stand on the lines of a prompt: labels such as {@code Your price: 0.53}, and sellers such as
 * {@code Seller 3: price 0.41, market share 0.08, impression good}. What is worded differently is not found.
 */
final class PromptFacts {
    private static final String NUMBER = "(-?\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?)";
    private static final Pattern SELLER = Pattern.compile("(?:your )?seller (\\d{1,9})\\b([^:]*):(.*)");
    private static final Pattern LABEL = Pattern.compile("([^:]{1,60}):\\s*(?:seller )?" + NUMBER + "(?![\\d.]).*");
    private static final Pattern PRICE = Pattern.compile("\\bprice:? " + NUMBER);
    private static final Pattern SHARE = Pattern.compile("\\bmarket share:? " + NUMBER);
    private static final Pattern IMPRESSION = Pattern.compile("\\bimpression:? (terrible|bad|neutral|good|excellent)");

    /** The impressions, the worst first. */
    static final List<String> IMPRESSIONS = List.of("terrible", "bad", "neutral", "good", "excellent");

    private static final int NEUTRAL = 2;

    /**
     * A line about a seller.
     *
     * @param share 0 when the line names none
     * @param impression position in {@link #IMPRESSIONS}, neutral when the line names none
     */
    record SellerLine(double price, double share, int impression) {}

    private final Map<Integer, SellerLine> sellers = new TreeMap<>();
    private final Map<String, Double> labels = new HashMap<>();
    private OptionalInt markedSeller = OptionalInt.empty();

    private PromptFacts() {}

    static PromptFacts in(String text) {
        PromptFacts facts = new PromptFacts();
        text.toLowerCase(Locale.ROOT).lines().forEach(facts::read);
        return facts;
    }

    /** The sellers with a price, by number, ascending. */
    Map<Integer, SellerLine> sellers() {
        return sellers;
    }

    /** The number behind exactly this label, in lower case. */
    OptionalDouble number(String label) {
        Double number = labels.get(label);
        return number == null ? OptionalDouble.empty() : OptionalDouble.of(number);
    }

    /** A number that is about the asked one itself or about its present seller, such as its price. */
    OptionalDouble own(String what) {
        return labels.entrySet().stream()
                .filter(entry -> entry.getKey().endsWith(what) && isOwn(entry.getKey()))
                .mapToDouble(Map.Entry::getValue)
                .findFirst();
    }

    /** The seller that a buyer is with. */
    OptionalInt currentSeller() {
        OptionalDouble labelled = own("seller");
        return labelled.isPresent() ? OptionalInt.of((int) labelled.getAsDouble()) : markedSeller;
    }

    private static boolean isOwn(String words) {
        return words.contains("your") || words.contains("current");
    }

    private void read(String line) {
        int colon = line.indexOf(':');
        if (colon < 0) {
            return;
        }
        int start = 0;
        while (start < colon && !Character.isLetterOrDigit(line.charAt(start))) {
            start++; // a bullet, or the bar of a table
        }
        String words = line.substring(start);
        Matcher seller = SELLER.matcher(words);
        if (seller.matches()) {
            readSeller(Integer.parseInt(seller.group(1)), seller.group(3));
            if (words.startsWith("your") || isOwn(seller.group(2))) {
                markedSeller = OptionalInt.of(Integer.parseInt(seller.group(1)));
            }
            return;
        }
        Matcher label = LABEL.matcher(words);
        if (label.matches()) {
            labels.putIfAbsent(label.group(1).strip(), Double.parseDouble(label.group(2)));
        }
    }

    private void readSeller(int number, String words) {
        Matcher price = PRICE.matcher(words);
        if (!price.find()) {
            return;
        }
        Matcher share = SHARE.matcher(words);
        Matcher impression = IMPRESSION.matcher(words);
        sellers.put(
                number,
                new SellerLine(
                        Double.parseDouble(price.group(1)),
                        share.find() ? Double.parseDouble(share.group(1)) : 0,
                        impression.find() ? IMPRESSIONS.indexOf(impression.group(1)) : NEUTRAL));
    }
}
