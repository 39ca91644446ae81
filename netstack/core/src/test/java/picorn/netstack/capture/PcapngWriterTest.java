// SPDX-License-Identifier: MIT
package picorn.netstack.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static picorn.netstack.testing.Frames.bytes;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;
import picorn.netstack.link.Direction;
import picorn.netstack.link.Wire;

class PcapngWriterTest {
    private static final String SECTION_HEADER =
            "0a0d0d0a 0000002c 1a2b3c4d 0001 0000 ffffffffffffffff 0004 0006 5069636f726e0000 0000 0000 0000002c";
    private static final String INTERFACE =
            "00000001 0000002c 0001 0000 00000000 0002 0005 626f617264000000 0009 0001 09000000 0000 0000 0000002c";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void fileHoldsTheBlocksOfTheSpecification() {
        PcapngWriter writer = new PcapngWriter(out);
        writer.sent(Direction.A_TO_B, bytes("00 0102030405 06"), 1, 5, 0x1_0000_0002L);
        writer.sent(Direction.B_TO_A, bytes("aabbccdd"), 0, 4, 0x1_0000_0003L);
        assertThat(out.toByteArray())
                .isEqualTo(bytes(SECTION_HEADER
                        + INTERFACE
                        + "00000006 00000034 00000000 00000001 00000002 00000005 00000005 0102030405000000"
                        + "0002 0004 00000002 0000 0000 00000034"
                        + "00000006 00000030 00000000 00000001 00000003 00000004 00000004 aabbccdd"
                        + "0002 0004 00000001 0000 0000 00000030"));
        assertThat(writer.takeFailure()).isEmpty();
    }

    @Test
    void failureToWriteIsToldOnceAndDoesNotEndTheRun() {
        PcapngWriter writer = new PcapngWriter(new Disk(100));
        Wire wire = new Wire();
        wire.tap(writer);
        wire.a().receive(new byte[60], 0, 60, 0);
        wire.a().receive(new byte[60], 0, 60, 0);
        assertThat(writer.takeFailure()).hasValueSatisfying(e -> assertThat(e).hasMessage("disk full"));
        assertThat(writer.takeFailure()).isEmpty();
        writer.close();
        assertThat(writer.takeFailure()).isEmpty();
        assertThat(wire.a().frames()).isEqualTo(2);
    }

    private static final class Disk extends OutputStream {
        private int room;

        Disk(int room) {
            this.room = room;
        }

        @Override
        public void write(int octet) throws IOException {
            if (room-- <= 0) {
                throw new IOException("disk full");
            }
        }
    }
}
