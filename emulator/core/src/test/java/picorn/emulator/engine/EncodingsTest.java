// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The table says of every code what it is, once. */
class EncodingsTest {
    @Test
    void ofTwoEncodingsThatShareACodeOneIsMoreParticular() {
        List<String> clashes = new ArrayList<>();
        List<Encoding> all = Encodings.CORTEX_M4.all();
        for (Encoding a : all) {
            for (Encoding b : all) {
                boolean share = a.wide() == b.wide() && ((a.value ^ b.value) & a.mask & b.mask) == 0;
                if (a != b && share && a.rank == b.rank) {
                    clashes.add(a + " / " + b);
                }
            }
        }
        assertThat(clashes).isEmpty();
    }

    @Test
    void noCodeIsBothCommonAndRare() {
        for (Encoding common : Encodings.CORTEX_M4.common.all()) {
            for (Encoding rare : Encodings.Rare.TABLE.all()) {
                boolean share =
                        common.wide() == rare.wide() && ((common.value ^ rare.value) & common.mask & rare.mask) == 0;
                assertThat(share).as("%s / %s", common, rare).isFalse();
            }
        }
    }

    @Test
    void everyEncodingIsFoundByItsOwnFixedBits() {
        for (Encoding encoding : Encodings.CORTEX_M4.all()) {
            Encoding found = Encodings.CORTEX_M4.of(encoding.value, encoding.wide());
            assertThat(found.rank).as("%s, found %s", encoding, found).isLessThanOrEqualTo(encoding.rank);
        }
    }

    @Test
    void lookUpFindsTheMostParticularOfAllThatMatch() {
        Random random = new Random(7);
        for (int k = 0; k < 300_000; k++) {
            int code = random.nextInt();
            boolean wide = Encodings.isWide(code >>> 16);
            int bits = wide ? code : code >>> 16;
            Optional<Encoding> first = Encodings.CORTEX_M4.all().stream()
                    .filter(encoding -> encoding.wide() == wide && encoding.matches(bits))
                    .findFirst();
            Encoding found = Encodings.CORTEX_M4.of(bits, wide);
            assertThat(found.meaning)
                    .as("%08x", bits)
                    .isEqualTo(first.map(e -> e.meaning).orElse(found.meaning));
            assertThat(first.isPresent() || found.syntax.equals(Encoding.UNDEFINED))
                    .as("%08x", bits)
                    .isTrue();
        }
    }

    @Test
    void baseRegister15MakesALiteralOfEveryLoadAndNoStore() {
        assertThat(Encodings.CORTEX_M4.of(0xf85f_0d04, true).syntax).contains("[pc"); // as if pre-indexed
        assertThat(Encodings.CORTEX_M4.of(0xf85f_0001, true).syntax).contains("[pc"); // as if with an index register
        assertThat(Encodings.CORTEX_M4.of(0xf84f_0001, true).syntax).isEqualTo(Encoding.UNDEFINED);
    }

    @Test
    void modifiedImmediatesExpand() {
        assertThat(Operands.expand(0x0ab)).isEqualTo(0xab);
        assertThat(Operands.expand(0x1ab)).isEqualTo(0x00ab_00ab);
        assertThat(Operands.expand(0x2ab)).isEqualTo(0xab00_ab00);
        assertThat(Operands.expand(0x3ab)).isEqualTo(0xabab_abab);
        assertThat(Operands.expand(0x4ab)).isEqualTo(0x5580_0000); // 1:0101011 rotated by 9
    }
}
