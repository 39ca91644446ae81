// SPDX-License-Identifier: MIT
package picorn.stm32f4.ethernet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Flow control, power management, counters and system time (RM0090, 33.5.2, 33.5.6, 33.5.7 and 33.5.9). */
class MacExtrasTest {
    private static final int OWN = 1 << 31;
    private static final int WHOLE = 0xF020_0000 & ~(3 << 22);
    private static final int RFCE = 1 << 2;
    private static final int TFCE = 1 << 1;
    private static final byte[] PAUSE_GROUP = Frames.mac("01:80:c2:00:00:01");
    private static final int WAKE_FRAME = 200;

    private final Rig rig = new Rig();
    private final Random random = new Random(7);

    private void start() {
        rig.descriptor(Rig.RX_LIST, OWN, 1 << 15 | 1536, Rig.RX_BUFFERS, 0);
        rig.put(Rig.TX_BUFFERS, Frames.random(60, random));
        rig.descriptor(Rig.TX_LIST, 1 << 21, 60, Rig.TX_BUFFERS, 0);
        rig.start(0, Rig.RSF | Rig.TSF | Rig.SR | Rig.ST);
    }

    private void transmit() {
        rig.word(Rig.TX_LIST, WHOLE);
        rig.write("DMATPDR", 1);
    }

    private static byte[] pause(int quanta) {
        return Frames.ethernet(PAUSE_GROUP, Rig.PEER, 0x8808, Frames.join(Frames.u16s(1, quanta), new byte[42]));
    }

    @Test
    void receivedPauseHoldsTheTransmitter() {
        start();
        rig.write("MACFCR", RFCE);
        long begin = rig.now() / 1000;
        rig.receive(pause(10));
        transmit();
        assertThat(rig.read("MACDBGR") >>> 19 & 1).as("MTP").isEqualTo(1);
        rig.run(1000 * Rig.MICROSECOND);
        // 10 quanta of 512 bits of 10 ns, then the frame
        assertThat(rig.sent).extracting(Rig.Sent::at).containsExactly(begin + 51_200 + 72 * 80);
    }

    @Test
    void pauseOfZeroReleasesTheTransmitter() {
        start();
        rig.write("MACFCR", RFCE);
        rig.receive(pause(0xFFFF));
        transmit();
        rig.run(100 * Rig.MICROSECOND);
        assertThat(rig.sent).isEmpty();
        rig.receive(pause(0));
        rig.run(100 * Rig.MICROSECOND);
        assertThat(rig.sent).hasSize(1);
    }

    @Test
    void fcbSendsAPauseFrameAndClears() {
        start();
        rig.write("MACFCR", 0x1234_0000 | TFCE | 1);
        rig.run(100 * Rig.MICROSECOND);
        assertThat(rig.sent).hasSize(1);
        assertThat(rig.sent.get(0).frame())
                .startsWith(Frames.ethernet(PAUSE_GROUP, Rig.OWN_ADDRESS, 0x8808, Frames.u16s(1, 0x1234)))
                .hasSize(60);
        assertThat(rig.read("MACFCR") & 1).isZero();
    }

    private static byte[] magic(int repetitions) {
        byte[] magic = Frames.join(new byte[7], Frames.mac("ff:ff:ff:ff:ff:ff"));
        for (int i = 0; i < repetitions; i++) {
            magic = Frames.join(magic, Rig.OWN_ADDRESS);
        }
        return Frames.ethernet(Rig.OWN_ADDRESS, Rig.PEER, 0x88B5, Frames.join(magic, new byte[8]));
    }

    @Test
    void magicPacketWakesAndInterrupts() {
        start();
        rig.write("MACPMTCSR", 3);
        rig.receive(Frames.random(WAKE_FRAME, random));
        assertThat(rig.word(Rig.RX_LIST)).as("asleep").isEqualTo(OWN);
        rig.receive(magic(15));
        assertThat(rig.interrupt).as("one repetition less").isFalse();
        rig.receive(magic(16));
        assertThat(rig.interrupt).isTrue();
        assertThat(rig.read("DMASR") >>> 28 & 1).as("PMTS").isEqualTo(1);
        assertThat(rig.read("MACPMTCSR")).as("MPR, MPE; awake").isEqualTo(0x22);
        assertThat(rig.interrupt).isFalse();
        rig.receive(Frames.random(WAKE_FRAME, random));
        assertThat(rig.word(Rig.RX_LIST) >>> 31).isZero();
    }

    @Test
    void wakeUpFrameFilterComparesMaskedOctets() {
        start();
        byte[] frame = Frames.random(WAKE_FRAME, random);
        int crc = 0xFFFF;
        for (int i = 0; i < 4; i++) {
            crc ^= frame[20 + i] & 0xFF;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) != 0 ? crc >>> 1 ^ 0xA001 : crc >>> 1;
            }
        }
        rig.write("MACPMTCSR", 1 << 31);
        for (int word : new int[] {0, 0xF, 0, 0, 1 << 8, 20 << 8, crc << 16, 0}) {
            rig.write("MACRWUFFR", word);
        }
        rig.write("MACPMTCSR", 5);
        byte[] other = frame.clone();
        other[21] ^= 1;
        rig.receive(other);
        assertThat(rig.interrupt).isFalse();
        rig.receive(frame);
        assertThat(rig.interrupt).isTrue();
        assertThat(rig.read("MACPMTCSR")).as("WFR, WFE").isEqualTo(0x44);
    }

    @Test
    void countersCountGoodFrames() {
        start();
        transmit();
        rig.run(100 * Rig.MICROSECOND);
        rig.receive(Frames.random(100, random));
        rig.receive(Frames.ethernet(Frames.mac("ff:ff:ff:ff:ff:ff"), Rig.PEER, 0x88B5, new byte[60]));
        assertThat(rig.read("MMCTGFCR")).isEqualTo(1);
        assertThat(rig.read("MMCRGUFCR")).as("broadcasts are not unicast").isEqualTo(1);
        rig.write("MMCCR", 8);
        rig.receive(Frames.random(100, random));
        assertThat(rig.read("MMCRGUFCR")).as("frozen").isEqualTo(1);
        rig.write("MMCCR", 4);
        assertThat(rig.read("MMCRGUFCR")).isEqualTo(1);
        assertThat(rig.read("MMCRGUFCR")).as("reset on read").isZero();
        rig.write("MMCCR", 1);
        assertThat(rig.read("MMCTGFCR")).as("reset").isZero();
        assertThat(rig.read("MMCCR")).isZero();
    }

    @Test
    void counterAtHalfInterruptsUnlessMasked() {
        start();
        rig.write("MMCCR", 0x10);
        assertThat(rig.read("MMCRGUFCR")).as("almost half").isEqualTo(0x7FFF_FFF0);
        rig.write("MMCRIMR", 1 << 17);
        for (int i = 0; i < 16; i++) {
            rig.receive(Frames.random(100, random));
        }
        rig.write("DMASR", 0x1FFFF);
        assertThat(rig.interrupt).isFalse();
        rig.write("MMCRIMR", 0);
        assertThat(rig.interrupt).isTrue();
        assertThat(rig.read("MACSR")).as("MMCS, MMCRS").isEqualTo(0x30);
        assertThat(rig.read("DMASR") >>> 27 & 1).as("MMCS").isEqualTo(1);
        assertThat(rig.read("MMCRGUFCR")).isEqualTo(0x8000_0000);
        assertThat(rig.interrupt).as("reading the counter clears it").isFalse();
    }

    @Test
    void systemTimeCountsInBothModes() {
        rig.write("PTPSSIR", 6);
        rig.write("PTPTSCR", 0x201); // TSE, TSSSR
        rig.write("PTPTSHUR", 5);
        rig.write("PTPTSLUR", 999_999_000);
        rig.write("PTPTSCR", 0x205);
        long start = rig.hclk.ticks();
        rig.run(20 * Rig.MICROSECOND);
        long nanoseconds = 999_999_000 + (rig.hclk.ticks() - start) * 6;
        assertThat(rig.read("PTPTSHR")).isEqualTo(6);
        assertThat(rig.read("PTPTSLR")).isEqualTo((int) (nanoseconds - 1_000_000_000));

        rig.write("PTPSSIR", 20);
        rig.write("PTPTSAR", 0x4C33_3333); // about 50 MHz of 168 MHz
        rig.write("PTPTSHUR", 0);
        rig.write("PTPTSLUR", 0);
        rig.write("PTPTSCR", 0x227);
        start = rig.hclk.ticks();
        rig.run(100 * Rig.MICROSECOND);
        long overflows = (rig.hclk.ticks() - start) * 0x4C33_3333L >>> 32;
        assertThat(rig.read("PTPTSLR")).isEqualTo((int) (overflows * 20));
    }

    @Test
    void targetTimeInterrupts() {
        rig.write("PTPSSIR", 6);
        rig.write("PTPTSCR", 0x201);
        rig.write("PTPTTLR", 60_000);
        rig.write("PTPTSCR", 0x211);
        rig.run(59 * Rig.MICROSECOND);
        assertThat(rig.interrupt).isFalse();
        rig.run(Rig.MICROSECOND);
        assertThat(rig.interrupt).isTrue();
        assertThat(rig.read("DMASR") >>> 29 & 1).as("TSTS").isEqualTo(1);
        assertThat(rig.read("PTPTSSR")).as("TSTTR").isEqualTo(2);
        assertThat(rig.interrupt).isFalse();
    }

    @Test
    void framesAreStampedInBothDirections() {
        rig.write("PTPSSIR", 6);
        for (int at : new int[] {Rig.RX_LIST, Rig.TX_LIST}) {
            rig.descriptor(at + 16, 0, 0, -1, -1);
        }
        rig.descriptor(Rig.RX_LIST, OWN, 1 << 15 | 1536, Rig.RX_BUFFERS, 0);
        rig.put(Rig.TX_BUFFERS, Frames.random(60, random));
        rig.descriptor(Rig.TX_LIST, WHOLE | 1 << 25, 60, Rig.TX_BUFFERS, 0);
        rig.write("PTPTSCR", 0x301);
        rig.start(Rig.EDFE, Rig.RSF | Rig.TSF | Rig.SR | Rig.ST);
        rig.receive(Frames.random(100, random));
        assertThat(rig.word(Rig.RX_LIST) & 0x81).as("TSV, ESA").isEqualTo(0x81);
        assertThat(rig.word(Rig.RX_LIST + 24)).isEqualTo(rig.read("PTPTSLR"));
        rig.run(72 * 80 * 1000);
        assertThat(rig.word(Rig.TX_LIST) >>> 17 & 1).as("TTSS").isEqualTo(1);
        assertThat(rig.word(Rig.TX_LIST + 24)).isEqualTo(rig.read("PTPTSLR"));
        assertThat(rig.word(Rig.TX_LIST + 28)).isEqualTo(rig.read("PTPTSHR"));
    }
}
