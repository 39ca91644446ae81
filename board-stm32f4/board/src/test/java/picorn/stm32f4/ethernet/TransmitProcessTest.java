// SPDX-License-Identifier: MIT
package picorn.stm32f4.ethernet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/** What the transmit DMA does when things are not plain (RM0090, 33.6.7, and DMASR, DMAOMR, MACCR in 33.8). */
class TransmitProcessTest {
    private static final int OWN = 1 << 31;
    private static final int IC = 1 << 30;
    private static final int LS = 1 << 29;
    private static final int FS = 1 << 28;
    private static final int DC = 1 << 27;
    private static final int DP = 1 << 26;
    private static final int TER = 1 << 21;
    private static final int TCH = 1 << 20;
    private static final int WHOLE = OWN | IC | LS | FS;
    private static final int TS = 1;
    private static final int TPSS = 2;
    private static final int TBUS = 4;
    private static final int TJTS = 8;
    private static final int ETS = 1 << 10;
    private static final int FBES = 1 << 13;
    private static final int FTF = 1 << 20;
    private static final int MACCR = 0xC80C;
    private static final int ON = Rig.TSF | Rig.ST;

    private final Rig rig = new Rig();
    private final Random random = new Random(6);

    /** Lays normal ring descriptor {@code n} of {@code count} with a frame. */
    private void lay(int n, int count, int control, byte[] frame) {
        int at = Rig.TX_LIST + 16 * n;
        rig.put(Rig.TX_BUFFERS + 2048 * n, frame);
        rig.descriptor(at, control | (n == count - 1 ? TER : 0), frame.length, Rig.TX_BUFFERS + 2048 * n, 0);
    }

    private int tdes0(int n) {
        return rig.word(Rig.TX_LIST + 16 * n);
    }

    private int tps() {
        return rig.read("DMASR") >>> 20 & 7;
    }

    private void settle() {
        rig.run(10_000 * Rig.MICROSECOND);
    }

    @Test
    void processSuspendsWhenNoDescriptorIsOwned() {
        rig.start(0, ON);
        assertThat(rig.read("DMASR") & TBUS).isEqualTo(TBUS);
        assertThat(tps()).as("TPS: suspended").isEqualTo(6);
        rig.write("DMASR", TBUS);
        rig.write("DMATPDR", 1);
        assertThat(rig.read("DMASR") & TBUS)
                .as("an unsuccessful poll says so again")
                .isEqualTo(TBUS);
    }

    @Test
    void framesLaidBeforeTheStartGoOutWithoutPollDemand() {
        lay(0, 3, WHOLE, Frames.random(100, random));
        lay(1, 3, WHOLE, Frames.random(100, random));
        lay(2, 3, 0, Frames.random(100, random));
        rig.start(0, ON);
        assertThat(tps()).as("TPS: waiting for status").isEqualTo(2);
        settle();
        assertThat(rig.sent).hasSize(2);
        assertThat(tps()).isEqualTo(6);
    }

    @Test
    void withoutIcThereIsNoTs() {
        lay(0, 1, WHOLE & ~IC, Frames.random(100, random));
        rig.start(0, ON);
        settle();
        assertThat(tdes0(0) >>> 31).isZero();
        assertThat(rig.read("DMASR") & (TS | ETS))
                .as("early transmit status alone")
                .isEqualTo(ETS);
    }

    @Test
    void transmitterThatIsOffLetsFramesWait() {
        lay(0, 1, WHOLE, Frames.random(100, random));
        rig.start(0, Rig.TSF);
        rig.write("MACCR", MACCR & ~8);
        rig.write("DMAOMR", ON);
        settle();
        assertThat(rig.sent).isEmpty();
        rig.write("MACCR", MACCR);
        settle();
        assertThat(rig.sent).hasSize(1);
    }

    @Test
    void withOsfTheSecondFrameIsFetchedWhileTheFirstIsOnTheWire() {
        lay(0, 3, WHOLE, Frames.random(100, random));
        lay(1, 3, WHOLE, Frames.random(100, random));
        lay(2, 3, WHOLE, Frames.random(100, random));
        rig.start(0, ON | Rig.OSF);
        assertThat(rig.read("DMACHTDR")).isEqualTo(Rig.TX_LIST + 16);
        settle();
        assertThat(rig.sent).hasSize(3);
    }

    @Test
    void stopLetsTheFrameOnTheWireFinish() {
        lay(0, 2, WHOLE, Frames.random(100, random));
        lay(1, 2, WHOLE, Frames.random(100, random));
        rig.start(0, ON);
        rig.write("DMAOMR", Rig.TSF);
        assertThat(rig.read("DMASR") & TPSS).isZero();
        settle();
        assertThat(rig.sent).hasSize(1);
        assertThat(rig.read("DMASR") & TPSS).isEqualTo(TPSS);
        assertThat(tps()).isZero();
        rig.write("DMAOMR", ON);
        settle();
        assertThat(rig.sent).as("goes on where it stopped").hasSize(2);
    }

    @Test
    void flushDropsWhatIsNotOnTheWire() {
        lay(0, 3, WHOLE, Frames.random(100, random));
        lay(1, 3, WHOLE, Frames.random(100, random));
        lay(2, 3, 0, new byte[0]);
        rig.start(0, ON | Rig.OSF);
        rig.write("DMAOMR", ON | Rig.OSF | FTF);
        assertThat(rig.read("DMAOMR") & FTF).as("clears itself").isZero();
        assertThat(tdes0(1)).as("FF, ES").isEqualTo(WHOLE & ~OWN | 0xA000);
        settle();
        assertThat(rig.sent).hasSize(1);
    }

    @Test
    void jabberStopsTheProcess() {
        byte[] part = new byte[1500];
        lay(0, 2, WHOLE & ~LS, part);
        lay(1, 2, OWN | LS, part);
        rig.start(0, ON);
        assertThat(rig.read("DMASR") & TJTS).isEqualTo(TJTS);
        assertThat(tdes0(1) & 0xC000).as("ES, JT").isEqualTo(0xC000);
        assertThat(tps()).isZero();
        settle();
        assertThat(rig.sent).isEmpty();
    }

    @Test
    void withoutJabberTimerLongFramesGoOut() {
        byte[] part = new byte[1500];
        lay(0, 2, WHOLE & ~LS, part);
        lay(1, 2, OWN | LS, part);
        rig.start(0, Rig.TSF);
        rig.write("MACCR", MACCR | 1 << 22);
        rig.write("DMAOMR", ON);
        settle();
        assertThat(rig.sent.get(0).frame()).hasSize(3000);
    }

    @Test
    void shortFrameIsNotPaddedWithDp() {
        byte[] frame = Frames.random(30, random);
        lay(0, 1, WHOLE | DP, frame);
        rig.start(0, ON);
        settle();
        assertThat(rig.sent.get(0).frame()).isEqualTo(frame);
    }

    @Test
    void withDcSoftwareMakesTheCheckSequence() {
        byte[] frame = Frames.random(100, random);
        CRC32 crc = new CRC32();
        crc.update(frame);
        int fcs = Integer.reverseBytes((int) crc.getValue());
        lay(0, 2, WHOLE | DC, Frames.join(frame, Frames.u16s(fcs >>> 16, fcs)));
        lay(1, 2, WHOLE | DC, Frames.random(104, random));
        rig.start(0, ON);
        settle();
        assertThat(rig.sent)
                .extracting(Rig.Sent::frame)
                .as("nobody accepts a wrong one")
                .containsExactly(frame);
    }

    @Test
    void checksumsNeedStoreAndForward() {
        byte[] udp = Frames.with16(new byte[40], 4, 40);
        byte[] frame = Frames.ethernet(Rig.PEER, Rig.OWN_ADDRESS, Frames.IPV4, Frames.ipv4(17, udp));
        lay(0, 1, WHOLE | 3 << 22, frame);
        rig.start(0, Rig.ST);
        settle();
        assertThat(rig.sent.get(0).frame()).isEqualTo(frame);
    }

    @Test
    void checksumErrorsAreReportedAndTheFrameGoesOut() {
        byte[] frame = Frames.ethernet(Rig.PEER, Rig.OWN_ADDRESS, Frames.IPV4, new byte[60]);
        lay(0, 1, WHOLE | 3 << 22, frame);
        rig.start(0, ON);
        settle();
        assertThat(tdes0(0) & 0x1_8000).as("ES, IHE").isEqualTo(0x1_8000);
        assertThat(rig.sent).hasSize(1);
    }

    @Test
    void bufferThatDmaCannotReachIsAFatalBusError() {
        rig.descriptor(Rig.TX_LIST, WHOLE | TER, 100, Rig.CCM, 0);
        rig.start(0, ON);
        int dmasr = rig.read("DMASR");
        assertThat(dmasr & FBES).isEqualTo(FBES);
        assertThat(dmasr >>> 23 & 7)
                .as("EBS: a read, of data, by the transmit DMA")
                .isEqualTo(3);
        assertThat(tps()).isZero();
        assertThat(tdes0(0)).isEqualTo(WHOLE | TER);
        rig.write("DMATPDR", 1);
        assertThat(tps()).as("only a reset helps").isZero();
        rig.write("DMABMR", 1);
        rig.run(10 * Rig.MICROSECOND);
        lay(0, 1, WHOLE, Frames.random(100, random));
        rig.start(0, ON);
        settle();
        assertThat(rig.sent).hasSize(1);
    }

    @Test
    void listThatDmaCannotReachIsAFatalBusError() {
        rig.start(0, 0);
        rig.write("DMATDLAR", 0x6000_0000);
        rig.write("DMAOMR", ON);
        assertThat(rig.read("DMASR") >>> 23 & 7)
                .as("EBS: a read, of a descriptor, by the transmit DMA")
                .isEqualTo(7);
    }

    @Test
    void ownedDescriptorsWithoutFramesAreClosedABoundedNumberAtATime() {
        int count = 2000;
        for (int n = 0; n < count; n++) {
            rig.descriptor(Rig.TX_LIST + 16 * n, OWN | (n == count - 1 ? TER : 0), 0, 0, 0);
        }
        rig.start(0, ON);
        assertThat(tdes0(0) >>> 31).isZero();
        assertThat(tdes0(1000) >>> 31).as("not all at a stretch").isEqualTo(1);
        assertThat(tps()).as("TPS: fetching").isEqualTo(1);
        assertThat(rig.drain(10_000)).isLessThan(100);
        assertThat(tps()).isEqualTo(6);
    }

    @Test
    void frameChainedToItselfGoesOutNoFasterThanTheWire() {
        rig.put(Rig.TX_BUFFERS, Frames.random(60, random));
        rig.descriptor(Rig.TX_LIST, WHOLE | TCH, 60, Rig.TX_BUFFERS, Rig.TX_LIST);
        rig.start(0, ON | Rig.OSF);
        rig.run(1000 * Rig.MICROSECOND);
        assertThat(rig.sent.size()).isLessThan(150);
    }

    @Test
    void frameWithoutLastSegmentWaitsForTheRest() {
        byte[] frame = Frames.random(200, random);
        lay(0, 2, OWN | FS, Arrays.copyOf(frame, 80));
        lay(1, 2, 0, Arrays.copyOfRange(frame, 80, 200));
        rig.start(0, ON);
        settle();
        assertThat(rig.sent).isEmpty();
        rig.word(Rig.TX_LIST + 16, OWN | LS | TER);
        rig.write("DMATPDR", 1);
        settle();
        assertThat(rig.sent).extracting(Rig.Sent::frame).containsExactly(frame);
    }

    @Test
    void macLoopbackBringsFramesBack() {
        byte[] frame = Frames.random(100, random);
        lay(0, 1, WHOLE, frame);
        rig.descriptor(Rig.RX_LIST, OWN, 1 << 15 | 1536, Rig.RX_BUFFERS, 0);
        rig.start(0, Rig.RSF | Rig.SR);
        rig.write("MACCR", MACCR | 1 << 12);
        rig.write("DMAOMR", Rig.RSF | Rig.SR | ON);
        settle();
        assertThat(rig.sent).isEmpty();
        assertThat(rig.get(Rig.RX_BUFFERS, 100)).isEqualTo(frame);
    }
}
