// SPDX-License-Identifier: MIT
package picorn.emulator.image;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import picorn.emulator.bus.Bus;
import picorn.emulator.bus.Region;
import picorn.emulator.cpu.EngineMemory;

/** Writes images into the memories of a bus, flash and RAM alike, as a programmer or a boot loader does. */
public final class ImageLoader {
    private final Bus bus;
    private final EngineMemory engine;

    /** Into the memories of {@code bus}; {@code engine}, which executes from them, is told. */
    public ImageLoader(Bus bus, EngineMemory engine) {
        this.bus = bus;
        this.engine = engine;
    }

    /**
     * Writes all segments of {@code image}, or none.
     *
     * @return what was written where, by address
     * @throws BadImage when one does not fit
     */
    public List<MemoryPiece> load(Image image) throws BadImage {
        List<MemoryPiece> all = new ArrayList<>();
        List<List<MemoryPiece>> places = new ArrayList<>();
        for (Segment segment : image.segments()) {
            places.add(place(image, segment));
        }
        for (int i = 0; i < places.size(); i++) {
            write(image.segments().get(i), places.get(i));
            all.addAll(places.get(i));
        }
        return all;
    }

    private List<MemoryPiece> place(Image image, Segment segment) throws BadImage {
        List<MemoryPiece> pieces = MemoryPiece.of(bus, segment.address(), segment.size());
        int room = pieces.stream().mapToInt(MemoryPiece::size).sum();
        if (room < segment.size()) {
            throw new BadImage(
                    image.name(),
                    "%d octets at 0x%08x do not fit: %s"
                            .formatted(segment.size(), segment.address(), why(segment, pieces)),
                    "link it for this board, or take a board or a size of memory that holds it");
        }
        return pieces;
    }

    private String why(Segment segment, List<MemoryPiece> pieces) {
        if (pieces.isEmpty()) {
            return nearest(segment)
                    .map(near -> "no memory is there, the nearest is " + describe(near))
                    .orElse("there is no memory");
        }
        Region.Memory last = pieces.get(pieces.size() - 1).memory();
        return "%s ends at 0x%08x".formatted(describe(last), last.base() + last.size());
    }

    private Optional<Region.Memory> nearest(Segment segment) {
        return bus.regions().stream()
                .filter(Region.Memory.class::isInstance)
                .map(Region.Memory.class::cast)
                .min(Comparator.comparingLong(memory -> distance(memory, segment.start())));
    }

    private static long distance(Region.Memory memory, long at) {
        long base = Integer.toUnsignedLong(memory.base());
        return at < base ? base - at : at - base - memory.size() + 1;
    }

    private static String describe(Region.Memory memory) {
        return "%s (%d octets at 0x%08x)".formatted(memory.name(), memory.size(), memory.base());
    }

    private void write(Segment segment, List<MemoryPiece> pieces) {
        int done = 0;
        for (MemoryPiece piece : pieces) {
            piece.memory().ram().write(piece.offset(), segment.bytes(), done, piece.size());
            engine.changed(piece.memory().ram(), piece.offset(), piece.size());
            done += piece.size();
        }
    }
}
