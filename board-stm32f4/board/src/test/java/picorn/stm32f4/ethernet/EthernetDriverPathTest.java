// SPDX-License-Identifier: MIT
package picorn.stm32f4.ethernet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/** The way a driver of chained, enhanced descriptors takes from reset on (RM0090, 33.6). */
class EthernetDriverPathTest {
    private static final int RCH = 1 << 14;
    private static final int NIS_TS_RS = 1 << 16 | 1 << 6 | 1;
    private static final int RBUS = 1 << 7;
    private static final int AIS = 1 << 15;
    private static final int TX = 0xF0D0_0000; // OWN IC LS FS CIC=3 TCH

    private final Random random = new Random(1);

    private Rig started() {
        Rig rig = new Rig();
        for (int i = 0; i < 4; i++) {
            int rx = Rig.RX_LIST + 32 * i;
            int tx = Rig.TX_LIST + 32 * i;
            rig.descriptor(rx, 1 << 31, RCH | 1536, Rig.RX_BUFFERS + 1536 * i, Rig.RX_LIST + 32 * ((i + 1) % 4));
            rig.descriptor(tx, 1 << 20, 0, Rig.TX_BUFFERS + 1536 * i, Rig.TX_LIST + 32 * ((i + 1) % 4));
        }
        rig.write("DMAIER", 0x0001_A0C1 | RBUS);
        return rig.start(Rig.EDFE, Rig.TSF | Rig.RSF | Rig.OSF | Rig.ST | Rig.SR);
    }

    private static void transmit(Rig rig, int n, byte[] frame) {
        rig.put(Rig.TX_BUFFERS + 1536 * n, frame);
        rig.word(Rig.TX_LIST + 32 * n + 4, frame.length);
        rig.word(Rig.TX_LIST + 32 * n, TX);
        rig.write("DMATPDR", 1);
    }

    @Test
    void softwareResetClearsItselfAndRegisters() {
        Rig rig = new Rig();
        rig.write("MACFCR", 0x1234_0000);
        rig.write("DMABMR", 1);
        assertThat(rig.read("DMABMR")).isEqualTo(0x0002_0101);
        rig.run(10 * Rig.MICROSECOND);
        assertThat(rig.read("DMABMR")).isEqualTo(0x0002_0100);
        assertThat(rig.read("MACFCR")).isZero();
    }

    @Test
    void receivedFrameLiesInTheBufferWithItsCheckSequenceAndInterrupts() {
        Rig rig = started();
        byte[] frame = Frames.random(100, random);
        rig.receive(frame);
        CRC32 crc = new CRC32();
        crc.update(frame);
        int fcs = Integer.reverseBytes((int) crc.getValue());
        assertThat(rig.word(Rig.RX_LIST)).as("RDES0: FL with FCS, FS, LS, FT").isEqualTo(104 << 16 | 0x320);
        assertThat(rig.get(Rig.RX_BUFFERS, 104)).isEqualTo(Frames.join(frame, Frames.u16s(fcs >>> 16, fcs)));
        assertThat(rig.interrupt).isTrue();
        rig.write("DMASR", NIS_TS_RS);
        assertThat(rig.interrupt).isFalse();
    }

    @Test
    void transmittedFrameIsPaddedSentAfterItsWireTimeAndReported() {
        Rig rig = started();
        byte[] frame = Frames.random(42, random);
        long start = rig.now();
        transmit(rig, 0, frame);
        assertThat(rig.sent).isEmpty();
        assertThat(rig.word(Rig.TX_LIST)).as("still owned").isEqualTo(TX);
        rig.run(10 * Rig.MICROSECOND);
        assertThat(rig.sent).hasSize(1);
        assertThat(rig.sent.get(0).frame()).isEqualTo(Arrays.copyOf(frame, 60));
        // 8 octets of preamble, 60 of frame, 4 of check sequence at 80 ns
        assertThat(rig.sent.get(0).at()).isEqualTo(start / 1000 + 72 * 80);
        assertThat(rig.word(Rig.TX_LIST)).as("closed").isEqualTo(TX & Integer.MAX_VALUE);
        assertThat(rig.interrupt).isTrue();
        assertThat(rig.read("DMASR") & 1).isEqualTo(1);
    }

    @Test
    void framesFollowEachOtherAtWireSpeed() {
        Rig rig = started();
        long start = rig.now() / 1000;
        for (int n = 0; n < 3; n++) {
            transmit(rig, n, Frames.random(1514, random));
        }
        rig.run(1000 * Rig.MICROSECOND);
        // 8 + 1514 + 4 octets, then a gap of 12
        assertThat(rig.sent)
                .extracting(Rig.Sent::at)
                .containsExactly(start + 1526 * 80, start + 1526 * 80 + 1538 * 80, start + 1526 * 80 + 2 * 1538 * 80);
    }

    @Test
    void framesAtTenMegabitsTakeTenTimesAsLong() {
        Rig rig = started();
        rig.write("MACCR", 0x880C);
        long start = rig.now() / 1000;
        transmit(rig, 0, Frames.random(60, random));
        rig.run(100 * Rig.MICROSECOND);
        assertThat(rig.sent).extracting(Rig.Sent::at).containsExactly(start + 72 * 800);
    }

    @Test
    void checksumsOfUdpOverIpv4AreInserted() {
        Rig rig = started();
        byte[] udp = Frames.join(Frames.u16s(68, 67, 8 + 301, 0), new byte[301]);
        random.nextBytes(udp);
        udp = Frames.with16(Frames.with16(udp, 4, udp.length), 6, 0);
        byte[] packet = Frames.ipv4(17, udp);
        transmit(rig, 0, Frames.ethernet(Rig.PEER, Rig.OWN_ADDRESS, Frames.IPV4, packet));
        rig.run(100 * Rig.MICROSECOND);
        byte[] frame = rig.sent.get(0).frame();
        assertThat(Frames.checksum(Arrays.copyOfRange(frame, 14, 34))).isZero();
        byte[] pseudo = Frames.join(Arrays.copyOfRange(packet, 12, 20), Frames.u16s(17, udp.length));
        assertThat(Frames.u16(frame, 40)).isEqualTo(Frames.checksum(pseudo, udp));
    }

    @Test
    void usedUpDescriptorsSuspendTheReceiverAndPollDemandResumesIt() {
        Rig rig = started();
        for (int n = 0; n < 4; n++) {
            rig.receive(Frames.random(64, random));
        }
        assertThat(rig.read("DMASR") & (RBUS | AIS)).isEqualTo(RBUS | AIS);
        assertThat(rig.read("DMASR") >>> 17 & 7).as("RPS: suspended").isEqualTo(4);
        rig.receive(Frames.random(64, random));
        assertThat(rig.read("DMAMFBOCR")).as("one frame missed").isEqualTo(1);
        assertThat(rig.read("DMAMFBOCR")).as("cleared by reading").isZero();

        for (int n = 0; n < 4; n++) {
            rig.word(Rig.RX_LIST + 32 * n, 1 << 31);
        }
        rig.write("DMASR", RBUS | AIS | NIS_TS_RS);
        rig.write("DMARPDR", 1);
        assertThat(rig.read("DMASR") >>> 17 & 7).as("RPS: waiting for a packet").isEqualTo(3);
        byte[] frame = Frames.random(64, random);
        rig.receive(frame);
        assertThat(rig.get(Rig.RX_BUFFERS, 64)).isEqualTo(frame);
        assertThat(rig.word(Rig.RX_LIST)).isEqualTo(68 << 16 | 0x320);
    }

    @Test
    void suspendedReceiverFindsAFreedDescriptorByItselfWhenTheNextFrameComes() {
        Rig rig = started();
        for (int n = 0; n < 4; n++) {
            rig.receive(Frames.random(64, random));
        }
        rig.word(Rig.RX_LIST, 1 << 31);
        rig.receive(Frames.random(200, random));
        assertThat(rig.word(Rig.RX_LIST)).isEqualTo(204 << 16 | 0x320);
        assertThat(rig.read("DMAMFBOCR")).isZero();
    }

    @Test
    void frameToSomebodyElseIsNotReceived() {
        Rig rig = started();
        rig.receive(Frames.ethernet(Rig.PEER, Rig.PEER, 0x88B5, new byte[50]));
        assertThat(rig.word(Rig.RX_LIST)).isEqualTo(1 << 31);
        assertThat(rig.interrupt).isFalse();
    }

    @Test
    void nothingPassesWhileTheCableIsOut() {
        Rig rig = started();
        rig.phy.plug(false);
        rig.receive(Frames.random(64, random));
        transmit(rig, 0, Frames.random(64, random));
        rig.run(100 * Rig.MICROSECOND);
        assertThat(rig.word(Rig.RX_LIST)).isEqualTo(1 << 31);
        assertThat(rig.sent).isEmpty();
        assertThat(rig.word(Rig.TX_LIST) >>> 31)
                .as("the MAC sends all the same")
                .isZero();
    }
}
