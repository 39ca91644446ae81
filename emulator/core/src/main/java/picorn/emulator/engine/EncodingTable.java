// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Encodings, found by their bits: of those that match, the one with the most fixed bits is meant. */
final class EncodingTable {
    private static final int BUCKET_BITS = 9;
    private static final int NARROW_SHIFT = 16 - BUCKET_BITS;
    private static final int WIDE_SHIFT = 32 - BUCKET_BITS - 3;

    private final List<Encoding> all = new ArrayList<>();
    private Encoding[][] narrow = {};
    private Encoding[][] wide = {};

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

    /** All are added; now they can be found. */
    EncodingTable complete() {
        all.sort(Comparator.comparingInt(encoding -> encoding.rank));
        narrow = buckets(false, NARROW_SHIFT);
        wide = buckets(true, WIDE_SHIFT);
        return this;
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

    /** The encoding of a halfword, or of two with the first one on top, if there is one here. */
    Optional<Encoding> of(int code, boolean isWide) {
        Encoding[] bucket = isWide ? wide[code >>> WIDE_SHIFT & (1 << BUCKET_BITS) - 1] : narrow[code >>> NARROW_SHIFT];
        for (Encoding encoding : bucket) {
            if (encoding.matches(code)) {
                return Optional.of(encoding);
            }
        }
        return Optional.empty();
    }
}
