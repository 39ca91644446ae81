// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All encodings of a core. */
final class Encodings {
    /** The instructions of the Cortex-M4 with its floating-point unit. */
    static final Encodings CORTEX_M4 = new Encodings();

    private static final Encoding UNDEFINED = new Encoding("xxxxxxxxxxxxxxxx", Encoding.UNDEFINED, Branch::undefined);
    private static final Encoding UNDEFINED_WIDE =
            new Encoding("xxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxx", Encoding.UNDEFINED, Branch::undefined);

    final EncodingTable common = new EncodingTable();

    private Encodings() {
        DataProcessing.encodings(common);
        BitField.encodings(common);
        Multiply.encodings(common);
        LoadStore.encodings(common);
        LoadStoreMultiple.encodings(common);
        Exclusive.encodings(common);
        Branch.encodings(common);
        Status.encodings(common);
        common.complete();
    }

    /**
     * What most short runs do without, made when a code is none of the common ones: the JVM links each meaning when its row is
     * made, which takes longer than much firmware runs. No code is both.
     */
    static final class Rare {
        static final EncodingTable TABLE = new EncodingTable();

        static {
            PackedBitField.encodings(TABLE);
            PackedMultiply.encodings(TABLE);
            Saturating.encodings(TABLE);
            ParallelAddSub.encodings(TABLE);
            FloatingPoint.encodings(TABLE);
            Coprocessor.encodings(TABLE);
            TABLE.complete();
        }
    }

    /** Every encoding, the most particular ones first. */
    List<Encoding> all() {
        return Stream.concat(common.all().stream(), Rare.TABLE.all().stream())
                .sorted(Comparator.comparingInt(encoding -> encoding.rank))
                .toList();
    }

    /** Whether a halfword is the first of two. */
    static boolean isWide(int halfword) {
        return halfword >>> 11 >= 0x1d;
    }

    /** The encoding of a halfword, or of two with the first one on top; {@link #UNDEFINED} forms match nothing else. */
    Encoding of(int code, boolean isWide) {
        Optional<Encoding> found = common.of(code, isWide);
        if (found.isEmpty()) {
            found = Rare.TABLE.of(code, isWide);
        }
        return found.orElse(isWide ? UNDEFINED_WIDE : UNDEFINED);
    }
}
