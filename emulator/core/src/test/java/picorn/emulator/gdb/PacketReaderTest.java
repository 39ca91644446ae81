// SPDX-License-Identifier: MIT
package picorn.emulator.gdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What counts as a packet ("Debugging with GDB", E.1). */
class PacketReaderTest {
    private final List<String> found = new ArrayList<>();
    private final PacketReader reader = new PacketReader(new PacketReader.Sink() {
        @Override
        public void packet(String data) {
            found.add(data);
        }

        @Override
        public void damaged() {
            found.add("damaged");
        }

        @Override
        public void refused() {
            found.add("refused");
        }

        @Override
        public void interrupted() {
            found.add("interrupted");
        }
    });

    private void send(String octets) {
        reader.received(octets.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void packetsComeInPiecesAndTogether() {
        send("$qSup");
        send("ported#37$?#3f");
        assertThat(found).containsExactly("qSupported", "?");
    }

    @Test
    void aWrongChecksumIsDamage() {
        send("$g#68$g#6x$g#67");
        assertThat(found).containsExactly("damaged", "damaged", "g");
    }

    @Test
    void escapedOctetsAreResolved() {
        send("$X}\u0003}\u0004}]#" + "%02x".formatted('X' + 3 * '}' + 3 + 4 + ']' & 0xFF));
        assertThat(found).containsExactly("X#$}");
    }

    @Test
    void ctrlCCountsBetweenPacketsOnly() {
        send("\u0003$X\u0003#5b\u0003");
        assertThat(found).containsExactly("interrupted", "X\u0003", "interrupted");
    }

    @Test
    void acknowledgementsArePassedOverAndRefusalsTold() {
        send("++-+$g#67");
        assertThat(found).containsExactly("refused", "g");
    }

    @Test
    void aDollarBeginsAnew() {
        send("$lost$g#67");
        assertThat(found).containsExactly("g");
    }

    @Test
    void aPacketThatIsTooLongIsDamageAndNotKept() {
        send("$");
        for (int i = 0; i < 1000; i++) {
            send("a".repeat(1000));
        }
        send("#%02x$g#67".formatted('a' * 1_000_000 & 0xFF));
        assertThat(found).containsExactly("damaged", "g");
    }

    @Test
    void noiseIsSurvived() {
        long seed = 8;
        Random random = new Random(seed);
        byte[] noise = new byte[1 << 20];
        random.nextBytes(noise);
        reader.received(noise);
        found.clear();
        reader.reset();
        send("$g#67");
        assertThat(found).as("seed %d", seed).containsExactly("g");
    }
}
