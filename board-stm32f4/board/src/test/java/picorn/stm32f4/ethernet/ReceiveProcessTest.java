// SPDX-License-Identifier: MIT
package picorn.stm32f4.ethernet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the receive DMA does when things are not plain (RM0090, 33.6.8, and DMASR, DMAOMR, MACCR in 33.8). */
class ReceiveProcessTest {
    private static final int OWN = 1 << 31;
    private static final int DIC = 1 << 31;
    private static final int RER = 1 << 15;
    private static final int RS = 1 << 6;
    private static final int RBUS = 1 << 7;
    private static final int RPSS = 1 << 8;
    private static final int RWTS = 1 << 9;
    private static final int ROS = 1 << 4;
    private static final int FBES = 1 << 13;
    private static final int DFRF = 1 << 24;
    private static final int DTCEFD = 1 << 26;
    private static final int FEF = 1 << 7;
    private static final int FUGF = 1 << 6;
    private static final int MACCR = 0xC80C;
    private static final int IPCO = 1 << 10;
    private static final int APCS = 1 << 7;
    private static final int CSTF = 1 << 25;
    private static final int WD = 1 << 23;
    private static final int GOOD = 0x320;

    private final Rig rig = new Rig();
    private final Random random = new Random(5);

    /** A ring of {@code count} normal descriptors with one buffer of {@code size} octets each. */
    private void ring(int count, int size) {
        for (int n = 0; n < count; n++) {
            int end = n == count - 1 ? RER : 0;
            rig.descriptor(Rig.RX_LIST + 16 * n, OWN, end | size, buffer(n), 0);
        }
    }

    private static int buffer(int n) {
        return Rig.RX_BUFFERS + 2048 * n;
    }

    private int rdes0(int n) {
        return rig.word(Rig.RX_LIST + 16 * n);
    }

    private int rps() {
        return rig.read("DMASR") >>> 17 & 7;
    }

    private void start(int dmaomr) {
        rig.start(0, Rig.RSF | Rig.SR | dmaomr);
    }

    @Test
    void lastDescriptorUsedUpRaisesRbusBeforeAnotherFrameComes() {
        ring(1, 1536);
        start(0);
        assertThat(rps()).as("RPS: waiting for a packet").isEqualTo(3);
        rig.receive(Frames.random(100, random));
        assertThat(rig.read("DMASR") & (RS | RBUS)).isEqualTo(RS | RBUS);
        assertThat(rps()).as("RPS: suspended").isEqualTo(4);
    }

    @Test
    void pollDemandWithoutADescriptorDoesNotRaiseRbusAgain() {
        ring(1, 1536);
        start(0);
        rig.receive(Frames.random(100, random));
        rig.write("DMASR", RBUS);
        rig.write("DMARPDR", 1);
        assertThat(rig.read("DMASR") & RBUS).isZero();
        assertThat(rps()).isEqualTo(4);
    }

    @Test
    void framesThatComeWhileTheProcessIsStoppedWaitInTheFifo() {
        ring(4, 1536);
        rig.start(0, Rig.RSF);
        byte[] first = Frames.random(600, random);
        byte[] second = Frames.random(700, random);
        rig.receive(first);
        rig.receive(second);
        assertThat(rdes0(0)).isEqualTo(OWN);
        rig.write("DMAOMR", Rig.RSF | Rig.SR);
        assertThat(rig.get(buffer(0), 600)).isEqualTo(first);
        assertThat(rig.get(buffer(1), 700)).isEqualTo(second);
        assertThat(rig.read("DMAMFBOCR")).isZero();
    }

    @Test
    void frameThatDoesNotFitTheFifoIsAnOverflow() {
        ring(4, 1536);
        rig.start(0, Rig.RSF);
        rig.receive(Frames.random(1000, random));
        rig.receive(Frames.random(1000, random));
        assertThat(rig.read("DMASR") & ROS).isZero();
        rig.receive(Frames.random(60, random));
        assertThat(rig.read("DMASR") & ROS).isEqualTo(ROS);
        assertThat(rig.read("DMAMFBOCR")).as("MFA 1").isEqualTo(1 << 17);
    }

    @Test
    void withDfrfFramesWaitWhileThereIsNoDescriptor() {
        ring(1, 1536);
        start(DFRF);
        rig.receive(Frames.random(100, random));
        byte[] waiting = Frames.random(800, random);
        rig.write("DMASR", RBUS);
        rig.receive(waiting);
        assertThat(rig.read("DMASR") & RBUS).isEqualTo(RBUS);
        rig.word(Rig.RX_LIST, OWN);
        rig.write("DMARPDR", 0);
        assertThat(rig.get(buffer(0), 800)).isEqualTo(waiting);
        assertThat(rig.read("DMAMFBOCR")).isZero();
    }

    @Test
    void frameLargerThanAllDescriptorsIsTruncatedWithADescriptorError() {
        ring(2, 256);
        start(0);
        rig.receive(Frames.random(1000, random));
        assertThat(rdes0(0) & 0x8300).as("FS alone").isEqualTo(0x200);
        assertThat(rdes0(1) & 0xC300).as("ES, DE, LS").isEqualTo(0xC100);
        assertThat(rps()).isEqualTo(4);
    }

    @Test
    void withDfrfTheRestOfATornFrameFollowsLater() {
        ring(2, 256);
        start(DFRF);
        byte[] frame = Frames.random(700, random);
        rig.receive(frame);
        assertThat(rdes0(0) & 0x8300).isEqualTo(0x200);
        assertThat(rdes0(1) & 0x8300).as("neither first nor last").isZero();
        byte[] head = Frames.join(rig.get(buffer(0), 256), rig.get(buffer(1), 256));
        ring(2, 256);
        rig.write("DMARPDR", 0);
        assertThat(rdes0(0)).as("LS, FL").isEqualTo(704 << 16 | 0x120);
        assertThat(Arrays.copyOf(Frames.join(head, rig.get(buffer(0), 192)), 700))
                .isEqualTo(frame);
    }

    @Test
    void offsetOfTheFirstBufferCountsAsUsed() {
        ring(2, 256);
        rig.word(Rig.RX_LIST + 8, buffer(0) + 2);
        start(0);
        byte[] frame = Frames.random(400, random);
        rig.receive(frame);
        assertThat(Frames.join(rig.get(buffer(0) + 2, 254), rig.get(buffer(1), 146)))
                .isEqualTo(frame);
        assertThat(rig.word(buffer(0) + 256)).as("not a single octet beyond").isZero();
    }

    @Test
    void dicHoldsRsBackUntilTheWatchdogRunsOut() {
        ring(4, 1536);
        rig.word(Rig.RX_LIST + 4, DIC | 1536);
        start(0);
        rig.write("DMARSWTR", 10);
        rig.receive(Frames.random(100, random));
        assertThat(rdes0(0)).isEqualTo(104 << 16 | GOOD);
        assertThat(rig.read("DMASR") & RS).isZero();
        rig.run(rig.hclk.timeOf(rig.hclk.ticks() + 2560) - rig.now() - 1);
        assertThat(rig.read("DMASR") & RS).isZero();
        rig.run(1);
        assertThat(rig.read("DMASR") & RS).isEqualTo(RS);
    }

    @Test
    void stopKeepsTheNextDescriptorForTheNextStart() {
        ring(4, 1536);
        start(0);
        rig.receive(Frames.random(100, random));
        rig.write("DMAOMR", Rig.RSF);
        assertThat(rig.read("DMASR") & RPSS).isEqualTo(RPSS);
        assertThat(rps()).isZero();
        rig.write("DMAOMR", Rig.RSF | Rig.SR);
        rig.receive(Frames.random(100, random));
        assertThat(rdes0(1)).isEqualTo(104 << 16 | GOOD);
    }

    @Test
    void bufferThatDmaCannotReachIsAFatalBusError() {
        ring(4, 1536);
        rig.word(Rig.RX_LIST + 8, Rig.CCM);
        start(0);
        rig.receive(Frames.random(100, random));
        int dmasr = rig.read("DMASR");
        assertThat(dmasr & FBES).isEqualTo(FBES);
        assertThat(dmasr >>> 23 & 7)
                .as("EBS: a write, of data, by the receive DMA")
                .isZero();
        assertThat(rps()).isZero();
        assertThat(rig.ccm.octets).containsOnly(0);
        assertThat(rig.findings).containsExactly("0x10000000 (DMA; in CCM) is accessed by DMA, which cannot reach it");
        rig.write("DMAOMR", Rig.RSF);
        rig.write("DMAOMR", Rig.RSF | Rig.SR);
        assertThat(rps()).as("only a reset helps").isZero();
    }

    @Test
    void listThatDmaCannotReachIsAFatalBusError() {
        rig.start(0, Rig.RSF);
        rig.write("DMARDLAR", Rig.CCM);
        rig.write("DMAOMR", Rig.RSF | Rig.SR);
        assertThat(rig.read("DMASR") >>> 23 & 7)
                .as("EBS: a read, of a descriptor, by the receive DMA")
                .isEqualTo(6);
    }

    @Test
    void descriptorInFlashCannotBeClosed() {
        rig.flash.put32(0, OWN);
        rig.flash.put32(4, RER | 1536);
        rig.flash.put32(8, buffer(0));
        rig.start(0, Rig.RSF);
        rig.write("DMARDLAR", Rig.FLASH);
        rig.write("DMAOMR", Rig.RSF | Rig.SR);
        rig.receive(Frames.random(100, random));
        assertThat(rig.read("DMASR") & (FBES | RS)).isEqualTo(FBES);
        assertThat(rig.flash.get32(0)).isEqualTo(OWN);
    }

    @Test
    void descriptorsWithoutBuffersAreClosedABoundedNumberAtATime() {
        int count = 2000;
        ring(count, 0);
        start(0);
        rig.receive(Frames.random(100, random));
        assertThat(rdes0(0) >>> 31).isZero();
        assertThat(rdes0(1000) >>> 31).as("not all at a stretch").isEqualTo(1);
        assertThat(rig.drain(10_000)).isLessThan(100);
        assertThat(rdes0(count - 1) >>> 31).isZero();
        assertThat(rig.read("DMASR") & RBUS).isEqualTo(RBUS);
    }

    @Test
    void descriptorChainedToItselfDoesNotHang() {
        rig.descriptor(Rig.RX_LIST, OWN, 1 << 14 | 64, buffer(0), Rig.RX_LIST);
        start(0);
        rig.receive(Frames.random(1000, random));
        assertThat(rig.drain(1000)).isLessThan(100);
        assertThat(rps()).isEqualTo(4);
    }

    @Test
    void undersizedFramesAreForwardedWithFugfOnly() {
        ring(4, 1536);
        start(0);
        rig.receive(Frames.random(59, random));
        assertThat(rdes0(0)).isEqualTo(OWN);
        rig.write("DMAOMR", Rig.RSF | Rig.SR | FUGF);
        rig.receive(Frames.random(59, random));
        assertThat(rdes0(0)).isEqualTo(63 << 16 | GOOD);
    }

    @Test
    void giantFramesAreErrorsAndForwardedWithFefOnly() {
        ring(4, 1920);
        start(0);
        rig.receive(Frames.random(1514, random));
        assertThat(rdes0(0)).as("1518 octets are no giant").isEqualTo(1518 << 16 | GOOD);
        rig.receive(Frames.random(1515, random));
        assertThat(rdes0(1)).isEqualTo(OWN);
        rig.write("DMAOMR", Rig.RSF | Rig.SR | FEF);
        rig.receive(Frames.random(1515, random));
        assertThat(rdes0(1)).isEqualTo(1519 << 16 | GOOD | 0x8000);
    }

    @Test
    void taggedFramesMayBeFourOctetsLonger() {
        ring(4, 1920);
        start(0);
        byte[] frame = Frames.with16(Frames.random(1518, random), 12, 0x8100);
        rig.receive(frame);
        assertThat(rdes0(0)).as("VLAN").isEqualTo(1522 << 16 | GOOD | 0x400);
    }

    @Test
    void vlanFlagFollowsTheTagOfMacvlantr() {
        ring(4, 1920);
        start(0);
        rig.write("MACVLANTR", 0x1_0007);
        rig.receive(Frames.with16(Frames.with16(Frames.random(100, random), 12, 0x8100), 14, 0x3007));
        assertThat(rdes0(0) & 0x400)
                .as("VLANTC: identifiers alone are compared")
                .isEqualTo(0x400);
        rig.receive(Frames.with16(Frames.with16(Frames.random(100, random), 12, 0x8100), 14, 0x3008));
        assertThat(rdes0(1) & 0x400).isZero();
    }

    @Test
    void watchdogCutsFramesAt2048Octets() {
        ring(4, 4096);
        start(FEF);
        rig.receive(Frames.random(3000, random));
        assertThat(rig.read("DMASR") & RWTS).isEqualTo(RWTS);
        assertThat(rdes0(0)).as("ES, RWT").isEqualTo(2048 << 16 | GOOD | 0x8010);
    }

    @Test
    void withoutWatchdogLongFramesPassThroughInThresholdMode() {
        ring(8, 2048);
        rig.start(0, Rig.SR | FEF);
        rig.write("MACCR", MACCR | WD);
        rig.receive(Frames.random(9000, random));
        assertThat(rdes0(4) & 0x8100).isEqualTo(0x8100);
        assertThat(rdes0(4) >>> 16).isEqualTo(9004);
        assertThat(rig.read("DMASR") & RWTS).isZero();
    }

    @Test
    void apcsStripsPaddingAndCheckSequenceOfLengthFrames() {
        ring(4, 1536);
        start(0);
        rig.write("MACCR", MACCR | APCS);
        rig.receive(Frames.with16(Frames.random(60, random), 12, 20));
        assertThat(rdes0(0)).as("34 octets, no FT").isEqualTo(34 << 16 | 0x300);
        rig.receive(Frames.random(60, random));
        assertThat(rdes0(1)).as("type frames keep theirs").isEqualTo(64 << 16 | GOOD);
        rig.write("MACCR", MACCR | CSTF);
        rig.receive(Frames.random(60, random));
        assertThat(rdes0(2)).as("CSTF").isEqualTo(60 << 16 | GOOD);
    }

    @Test
    void lengthFieldThatDisagreesIsALengthError() {
        ring(4, 1536);
        start(0);
        rig.receive(Frames.with16(Frames.random(114, random), 12, 100));
        rig.receive(Frames.with16(Frames.random(114, random), 12, 90));
        assertThat(rdes0(0) & 0x1000).isZero();
        assertThat(rdes0(1) & 0x1000).as("LE").isEqualTo(0x1000);
    }

    private byte[] udpFrame(int damageAt) {
        byte[] udp = Frames.with16(Frames.with16(new byte[40], 4, 40), 0, 7);
        byte[] frame = Frames.ethernet(Rig.OWN_ADDRESS, Rig.PEER, Frames.IPV4, Frames.ipv4(17, udp));
        new ChecksumInsertion().insert(frame, frame.length, 3, true);
        if (damageAt != 0) {
            frame[damageAt] ^= 1;
        }
        return frame;
    }

    @Test
    void checksumVerdictInTheNormalFormat() {
        ring(6, 1536);
        start(DTCEFD);
        rig.write("MACCR", MACCR | IPCO);
        rig.receive(udpFrame(0));
        rig.receive(udpFrame(24));
        rig.receive(udpFrame(60));
        rig.receive(Frames.random(100, random));
        rig.receive(Frames.with16(Frames.random(114, random), 12, 100));
        int mask = 0xA1; // bits 7, 5 and 0
        assertThat(rdes0(0) & mask).as("no error").isEqualTo(0x20);
        assertThat(rdes0(1) & mask).as("header error").isEqualTo(0xA0);
        assertThat(rdes0(2) & mask).as("payload error").isEqualTo(0x21);
        assertThat(rdes0(3) & mask).as("neither IPv4 nor IPv6").isEqualTo(0x81);
        assertThat(rdes0(4) & mask).as("length frame").isZero();
        byte[] unsupported = Frames.ethernet(Rig.OWN_ADDRESS, Rig.PEER, Frames.IPV4, Frames.ipv4(99, new byte[40]));
        new ChecksumInsertion().insert(unsupported, unsupported.length, 1, true);
        rig.receive(unsupported);
        assertThat(rdes0(5) & mask).as("payload that the offload does not know").isEqualTo(0x01);
    }

    @Test
    void checksumVerdictInTheEnhancedFormat() {
        for (int n = 0; n < 4; n++) {
            rig.descriptor(Rig.RX_LIST + 32 * n, OWN, (n == 3 ? RER : 0) | 1536, buffer(n), 0);
        }
        rig.start(Rig.EDFE, Rig.RSF | Rig.SR | DTCEFD);
        rig.write("MACCR", MACCR | IPCO);
        rig.receive(udpFrame(0));
        rig.receive(udpFrame(60));
        assertThat(rig.word(Rig.RX_LIST)).as("ESA").isEqualTo(86 - 8 << 16 | GOOD | 1);
        assertThat(rig.word(Rig.RX_LIST + 16)).as("IPV4PR, UDP").isEqualTo(0x41);
        assertThat(rig.word(Rig.RX_LIST + 32 + 16)).as("IPV4PR, IPPE, UDP").isEqualTo(0x51);
    }

    @Test
    void framesWithWrongChecksumsAreDroppedWithoutDtcefd() {
        ring(4, 1536);
        start(0);
        rig.write("MACCR", MACCR | IPCO);
        rig.receive(udpFrame(60));
        assertThat(rdes0(0)).isEqualTo(OWN);
        rig.receive(udpFrame(0));
        assertThat(rdes0(0) >>> 31).isZero();
    }

    @Test
    void receiverThatIsOffTakesNothing() {
        ring(4, 1536);
        start(0);
        rig.write("MACCR", MACCR & ~4);
        rig.receive(Frames.random(100, random));
        assertThat(rdes0(0)).isEqualTo(OWN);
    }
}
