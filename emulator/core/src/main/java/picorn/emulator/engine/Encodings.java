// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** All encodings, found by their bits: of those that match, the one with the most fixed bits is meant. */
final class Encodings {
    /** The instructions of the Cortex-M4 with its floating-point unit. */
    static final Encodings CORTEX_M4 = new Encodings();

    private static final int BUCKET_BITS = 9;

    private final List<Encoding> all = new ArrayList<>();
    private final Encoding[][] narrow;
    private final Encoding[][] wide;

    private Encodings() {
        DataProcessing.encodings(this);
        BitField.encodings(this);
        Multiply.encodings(this);
        Saturating.encodings(this);
        ParallelAddSub.encodings(this);
        LoadStore.encodings(this);
        LoadStoreMultiple.encodings(this);
        Exclusive.encodings(this);
        Branch.encodings(this);
        Status.encodings(this);
        FloatingPoint.encodings(this);
        Coprocessor.encodings(this);
        all.sort(Comparator.comparingInt(encoding -> encoding.rank));
        narrow = buckets(false, 16 - BUCKET_BITS);
        wide = buckets(true, 32 - BUCKET_BITS - 3);
    }

    /** Adds an encoding that takes one cycle: see {@link Encoding} for the notation. */
    void add(String bits, String syntax, Meaning meaning) {
        add(bits, syntax, meaning, Cost.ONE);
    }

    /** Adds an encoding. */
    void add(String bits, String syntax, Meaning meaning, Cost cost) {
        all.add(new Encoding(bits, syntax, meaning, cost, 0));
    }

    /** As {@link #prefer(String, String, Meaning, Cost)}, one that takes one cycle. */
    void prefer(String bits, String syntax, Meaning meaning) {
        prefer(bits, syntax, meaning, Cost.ONE);
    }

    /** Adds an encoding that is meant even where one with more fixed bits matches: "if Rn is 1111, see ...". */
    void prefer(String bits, String syntax, Meaning meaning, Cost cost) {
        all.add(new Encoding(bits, syntax, meaning, cost, 32));
    }

    /** Every encoding, the most particular ones first. */
    List<Encoding> all() {
        return List.copyOf(all);
    }

    private Encoding[][] buckets(boolean ofWide, int shift) {
        List<List<Encoding>> buckets = new ArrayList<>();
        for (int bucket = 0; bucket < 1 << BUCKET_BITS; bucket++) {
            buckets.add(new ArrayList<>());
        }
        for (Encoding encoding : all) {
            if (encoding.wide() == ofWide) {
                addToBuckets(buckets, encoding, encoding.mask >>> shift, encoding.value >>> shift);
            }
        }
        Encoding[][] arrays = new Encoding[buckets.size()][];
        Arrays.setAll(arrays, bucket -> buckets.get(bucket).toArray(Encoding[]::new));
        return arrays;
    }

    /** Goes through what the open bits of a bucket's number may be, not through all buckets: this happens at each start. */
    private static void addToBuckets(List<List<Encoding>> buckets, Encoding encoding, int mask, int value) {
        int all = buckets.size() - 1;
        int open = ~mask & all;
        int choice = open;
        buckets.get(value & all | choice).add(encoding);
        while (choice != 0) {
            choice = choice - 1 & open;
            buckets.get(value & all | choice).add(encoding);
        }
    }

    /** Whether a halfword is the first of two. */
    static boolean isWide(int halfword) {
        return halfword >>> 11 >= 0x1d;
    }

    /** The encoding of a halfword, or of two with the first one on top; {@link #UNDEFINED} forms match nothing else. */
    Encoding of(int code, boolean isWide) {
        Encoding[] bucket = isWide
                ? wide[code >>> 32 - BUCKET_BITS - 3 & (1 << BUCKET_BITS) - 1]
                : narrow[code >>> 16 - BUCKET_BITS];
        for (Encoding encoding : bucket) {
            if (encoding.matches(code)) {
                return encoding;
            }
        }
        return isWide ? UNDEFINED_WIDE : UNDEFINED;
    }

    private static final Encoding UNDEFINED = new Encoding("xxxxxxxxxxxxxxxx", Encoding.UNDEFINED, Branch::undefined);
    private static final Encoding UNDEFINED_WIDE =
            new Encoding("xxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxx", Encoding.UNDEFINED, Branch::undefined);
}
