// SPDX-License-Identifier: MIT
package picorn.stm32f4.debug;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What of an SVD file stands for several of its kind: {@code dim} of them, {@code dimIncrement} apart, called by {@code dimIndex} where
 * the name has %s (CMSIS-SVD 1.3, "dimElementGroup").
 */
final class SvdArray {
    private static final int MOST = 4096;

    /** One of them. */
    record Place(String name, int offset) {}

    private SvdArray() {}

    /** All that an element with these children stands for: one of its own name if it is no array. */
    static List<Place> places(Map<String, String> texts) throws BadDescription {
        String name = texts.getOrDefault("name", "");
        if (!texts.containsKey("dim")) {
            return name.contains("%") ? List.of() : List.of(new Place(name, 0));
        }
        int count = SvdReader.number(texts.get("dim"));
        int increment = SvdReader.number(texts.getOrDefault("dimIncrement", ""));
        if (count < 0 || count > MOST) {
            throw new BadDescription("an array of %d is too large".formatted(count));
        }
        List<String> indices = indices(texts.getOrDefault("dimIndex", ""), count);
        List<Place> places = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            places.add(new Place(name.replace("%s", indices.get(i)), i * increment));
        }
        return places;
    }

    /** "0-3", "A-D" or "A,B,C"; numbers from 0 up if there is none that fits. */
    private static List<String> indices(String text, int count) throws BadDescription {
        List<String> indices = new ArrayList<>();
        if (text.matches("[0-9]{1,9}-[0-9]{1,9}")) {
            int first = SvdReader.number(text.substring(0, text.indexOf('-')));
            for (int i = 0; i < count; i++) {
                indices.add(Integer.toString(first + i));
            }
        } else if (text.matches("[A-Z]-[A-Z]")) {
            for (int i = 0; i < count; i++) {
                indices.add(Character.toString(text.charAt(0) + i));
            }
        } else {
            indices.addAll(List.of(text.split("\\s*,\\s*", -1)));
        }
        return indices.size() == count ? indices : numbers(count);
    }

    private static List<String> numbers(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).toList();
    }
}
