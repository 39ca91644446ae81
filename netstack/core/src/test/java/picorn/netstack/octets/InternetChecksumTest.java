// SPDX-License-Identifier: MIT
package picorn.netstack.octets;

import static org.assertj.core.api.Assertions.assertThat;
import static picorn.netstack.testing.Frames.bytes;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class InternetChecksumTest {
    @Test
    void sumOfTheExampleInRfc1071() {
        Octets data = Octets.over(bytes("0001 f203 f4f5 f6f7"));
        assertThat(InternetChecksum.fold(InternetChecksum.sum(data))).isEqualTo(0xDDF2);
        assertThat(InternetChecksum.of(InternetChecksum.sum(data))).isEqualTo(0x220D);
    }

    @Test
    void sumsOfPartsAddUpToTheSumOfTheWhole() {
        byte[] data = bytes("0001 f203 f4f5 f6f7");
        long parts = InternetChecksum.sum(data, 0, 2) + InternetChecksum.sum(data, 2, 6);
        assertThat(InternetChecksum.fold(parts)).isEqualTo(0xDDF2);
    }

    @Test
    void oddLastOctetIsTheHighHalfOfAWord() {
        assertThat(InternetChecksum.sum(Octets.over(bytes("0001 f2")))).isEqualTo(0x0001 + 0xF200);
        assertThat(InternetChecksum.sum(Octets.over(bytes("f2")))).isEqualTo(0xF200);
        assertThat(InternetChecksum.sum(Octets.over(bytes("")))).isZero();
    }

    @Test
    void carriesOfCarriesAreAddedToo() {
        assertThat(InternetChecksum.fold(0xFFFF_FFFFL + 0xFFFF)).isEqualTo(0xFFFF);
        assertThat(InternetChecksum.fold(Long.MAX_VALUE)).isEqualTo(0x7FFF);
        assertThat(InternetChecksum.fold(0)).isZero();
    }

    @Test
    void everyLengthAndPlaceGivesTheSumOfTheDefinition() {
        long seed = 1071;
        SplittableRandom random = new SplittableRandom(seed);
        byte[] data = new byte[200];
        random.nextBytes(data);
        for (int offset = 0; offset < 9; offset++) {
            for (int length = 0; length <= data.length - offset; length++) {
                assertThat(InternetChecksum.fold(InternetChecksum.sum(data, offset, length)))
                        .as("seed %d, %d octets at %d", seed, length, offset)
                        .isEqualTo(byDefinition(data, offset, length));
            }
        }
    }

    @Test
    void longestPacketOfAllOnesDoesNotOverflow() {
        byte[] data = new byte[65_535];
        Arrays.fill(data, (byte) 0xFF);
        // 32,767 words of FFFF, which is zero in one's complement, and FF00.
        assertThat(InternetChecksum.fold(InternetChecksum.sum(Octets.over(data))))
                .isEqualTo(0xFF00);
    }

    @Test
    void dataWithItsOwnChecksumIsRightUntilABitFlips() {
        byte[] data = bytes("4500 0073 0000 4000 4011 0000 c0a8 0001 c0a8 00c7");
        U16.at(10).set(Octets.over(data), InternetChecksum.of(InternetChecksum.sum(Octets.over(data))));
        assertThat(InternetChecksum.isRight(InternetChecksum.sum(Octets.over(data))))
                .isTrue();
        for (int bit = 0; bit < 8 * data.length; bit++) {
            data[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(InternetChecksum.isRight(InternetChecksum.sum(Octets.over(data))))
                    .as("bit %d", bit)
                    .isFalse();
            data[bit / 8] ^= (byte) (1 << bit % 8);
        }
    }

    /** One's complement addition of 16-bit words, carry by carry. */
    private static int byDefinition(byte[] data, int offset, int length) {
        int sum = 0;
        for (int i = 0; i < length; i += 2) {
            int low = i + 1 < length ? data[offset + i + 1] & 0xFF : 0;
            sum += (data[offset + i] & 0xFF) << 8 | low;
            sum = (sum & 0xFFFF) + (sum >>> 16);
        }
        return sum;
    }
}
