// SPDX-License-Identifier: MIT
package picorn.emulator.image;

import java.util.List;
import java.util.OptionalInt;
import java.util.function.Predicate;

/**
 * A program as a file holds it: what goes where in memory.
 *
 * @param name the file, for messages
 * @param format what kind of file it was
 * @param description a few words for the user, such as "uImage 'Linux-2.6.33', gzip"
 * @param segments by ascending address; none is empty, none overlaps another
 * @param entry where it starts, bit 0 as the file has it, if the format tells
 * @param symbols its functions and objects, none if the format or the file has none
 */
public record Image(
        String name,
        ImageFormat format,
        String description,
        List<Segment> segments,
        OptionalInt entry,
        Symbols symbols) {
    /** Nothing larger than this is read, in octets: neither a file nor what is packed in it. */
    public static final int LARGEST = 64 << 20;

    /** Keeps its own list of segments. */
    public Image {
        segments = List.copyOf(segments);
    }

    /** The same without the segments that {@code leftOut} is true of. */
    public Image without(Predicate<Segment> leftOut) {
        List<Segment> kept = segments.stream().filter(leftOut.negate()).toList();
        return new Image(name, format, description, kept, entry, symbols);
    }

    /** Octets of all segments. */
    public long size() {
        return segments.stream().mapToLong(Segment::size).sum();
    }
}
