// SPDX-License-Identifier: MIT
package picorn.stm32f4.ethernet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tables of destination and source address filtering and the hash example of MACHTHR (RM0090, 33.5.3 and 33.8.1). */
class AddressFilterTest {
    private static final int PM = 1;
    private static final int HU = 1 << 1;
    private static final int HM = 1 << 2;
    private static final int DAIF = 1 << 3;
    private static final int PAM = 1 << 4;
    private static final int BFD = 1 << 5;
    private static final int SAIF = 1 << 8;
    private static final int SAF = 1 << 9;
    private static final int HPF = 1 << 10;
    private static final int RA = 1 << 31;
    private static final int AE = 1 << 31;
    private static final int SA = 1 << 30;
    private static final int AFM_STATUS = 1 << 30;
    private static final int SAF_STATUS = 1 << 13;

    private static final byte[] OTHER = Frames.mac("02:00:00:00:00:77");
    private static final byte[] GROUP = Frames.mac("01:00:5e:00:00:fb");
    private static final byte[] BROADCAST = Frames.mac("ff:ff:ff:ff:ff:ff");
    private static final byte[] PAUSE_GROUP = Frames.mac("01:80:c2:00:00:01");

    private final Rig rig = new Rig();

    @BeforeEach
    void start() {
        rig.start(0, Rig.RSF);
    }

    /** Whether the frame gets into the receive FIFO. */
    private boolean passes(byte[] to) {
        return passes(Frames.ethernet(to, Rig.PEER, 0x88B5, new byte[50]), 0);
    }

    private boolean passes(byte[] frame, int expectedStatus) {
        rig.descriptor(Rig.RX_LIST, 1 << 31, 1 << 15 | 2000, Rig.RX_BUFFERS, 0);
        rig.write("DMAOMR", Rig.RSF | Rig.SR);
        rig.receive(frame);
        rig.write("DMAOMR", Rig.RSF);
        int rdes0 = rig.word(Rig.RX_LIST);
        if (rdes0 >= 0) {
            assertThat(rdes0 & (AFM_STATUS | SAF_STATUS)).isEqualTo(expectedStatus);
        }
        return rdes0 != 1 << 31;
    }

    @ParameterizedTest
    @CsvSource({"1f:52:41:9c:b6:af, 0x2C", "a0:0a:98:00:00:45, 0x07"})
    void hashIsTheOneOfTheManualsExample(String address, String hash) {
        assertThat(new AddressFilter(rig.ethernet.mac()).hash(Frames.mac(address)))
                .isEqualTo(Integer.decode(hash));
    }

    @Test
    void hashTableLetsItsAddressesThrough() {
        byte[] high = Frames.mac("1e:52:41:9c:b6:af");
        int hash = new AddressFilter(rig.ethernet.mac()).hash(high);
        rig.write(hash < 32 ? "MACHTLR" : "MACHTHR", 1 << (hash & 31));
        assertThat(passes(high)).as("HU off").isFalse();
        rig.write("MACFFR", HU);
        assertThat(passes(high)).as("HU on").isTrue();
        assertThat(passes(Rig.OWN_ADDRESS))
                .as("perfect match counts only with HPF")
                .isFalse();
        rig.write("MACFFR", HU | HPF);
        assertThat(passes(high)).isTrue();
        assertThat(passes(Rig.OWN_ADDRESS)).isTrue();
        assertThat(passes(OTHER)).isFalse();
        rig.write("MACFFR", HU | DAIF);
        assertThat(passes(high)).as("inverted").isFalse();
        assertThat(passes(OTHER)).as("inverted").isTrue();
    }

    @Test
    void hashPicksTheBitOfTheManualsExample() {
        byte[] group = Frames.mac("1f:52:41:9c:b6:af");
        byte[] unicast = Frames.mac("a0:0a:98:00:00:45");
        rig.write("MACFFR", HM | HU);
        rig.write("MACHTHR", 1 << 12);
        assertThat(passes(group)).isTrue();
        assertThat(passes(unicast)).isFalse();
        rig.write("MACHTHR", ~(1 << 12));
        rig.write("MACHTLR", 1 << 7);
        assertThat(passes(group)).isFalse();
        assertThat(passes(unicast)).isTrue();
        rig.write("MACHTLR", ~(1 << 7));
        assertThat(passes(unicast)).isFalse();
    }

    @Test
    void everyHashHasItsBit() {
        Random random = new Random(8);
        rig.write("MACFFR", HM | HU);
        for (int i = 0; i < 300; i++) {
            byte[] address = new byte[6];
            random.nextBytes(address);
            int hash = upperBitsOfCrc(address);
            rig.write("MACHTHR", hash < 32 ? 0 : 1 << (hash - 32));
            rig.write("MACHTLR", hash < 32 ? 1 << hash : 0);
            assertThat(passes(address)).as("address %d, hash %d", i, hash).isTrue();
            rig.write("MACHTHR", hash < 32 ? -1 : ~(1 << (hash - 32)));
            rig.write("MACHTLR", hash < 32 ? ~(1 << hash) : -1);
            assertThat(passes(address))
                    .as("address %d, all but hash %d", i, hash)
                    .isFalse();
        }
    }

    /** As a shift register does it: bits come in the order of the wire, the result is complemented (IEEE 802.3, 3.2.9). */
    private static int upperBitsOfCrc(byte[] address) {
        int crc = -1;
        for (int bit = 0; bit < 48; bit++) {
            int in = address[bit / 8] >>> bit % 8 & 1;
            crc = crc << 1 ^ ((crc >>> 31 ^ in) != 0 ? 0x04C1_1DB7 : 0);
        }
        return ~crc >>> 26;
    }

    @Test
    void unicastPassesByPerfectMatch() {
        assertThat(passes(Rig.OWN_ADDRESS)).isTrue();
        assertThat(passes(OTHER)).isFalse();
        rig.write("MACFFR", DAIF);
        assertThat(passes(Rig.OWN_ADDRESS)).isFalse();
        assertThat(passes(OTHER)).isTrue();
        rig.write("MACFFR", PM);
        assertThat(passes(OTHER)).isTrue();
    }

    @Test
    void multicastPassesByPamPerfectMatchOrHash() {
        assertThat(passes(GROUP)).isFalse();
        rig.write("MACFFR", PAM);
        assertThat(passes(GROUP)).isTrue();
        rig.write("MACFFR", 0);
        rig.setAddress(2, GROUP, AE);
        assertThat(passes(GROUP)).isTrue();
        rig.write("MACFFR", HM);
        assertThat(passes(GROUP)).as("hash table empty").isFalse();
        rig.write("MACHTLR", -1);
        rig.write("MACHTHR", -1);
        assertThat(passes(GROUP)).isTrue();
    }

    @Test
    void broadcastPassesUnlessBfdIsSet() {
        assertThat(passes(BROADCAST)).isTrue();
        rig.write("MACFFR", BFD | PAM);
        assertThat(passes(BROADCAST)).isFalse();
    }

    @Test
    void maskedOctetsAreNotCompared() {
        rig.setAddress(1, OTHER, AE);
        assertThat(passes(OTHER)).isTrue();
        byte[] neighbour = OTHER.clone();
        neighbour[5] = 1 + 0x77;
        assertThat(passes(neighbour)).isFalse();
        rig.setAddress(1, OTHER, AE | 1 << 29); // MBC bit 29: MACA1HR[15:8], the last octet
        assertThat(passes(neighbour)).isTrue();
    }

    @Test
    void sourceFilterMarksAndWithSafDrops() {
        rig.setAddress(1, OTHER, AE | SA);
        byte[] fromOther = Frames.ethernet(Rig.OWN_ADDRESS, OTHER, 0x88B5, new byte[50]);
        byte[] fromPeer = Frames.ethernet(Rig.OWN_ADDRESS, Rig.PEER, 0x88B5, new byte[50]);
        assertThat(passes(fromOther, 0)).isTrue();
        assertThat(passes(fromPeer, SAF_STATUS)).isTrue();
        rig.write("MACFFR", SAF);
        assertThat(passes(fromOther, 0)).isTrue();
        assertThat(passes(fromPeer, SAF_STATUS)).isFalse();
        rig.write("MACFFR", SAF | SAIF);
        assertThat(passes(fromOther, SAF_STATUS)).isFalse();
        assertThat(passes(fromPeer, 0)).isTrue();
    }

    @Test
    void receiveAllPassesWithTheFiltersVerdict() {
        rig.write("MACFFR", RA);
        assertThat(passes(Frames.ethernet(OTHER, Rig.PEER, 0x88B5, new byte[50]), AFM_STATUS))
                .isTrue();
        assertThat(passes(Rig.OWN_ADDRESS)).isTrue();
    }

    @Test
    void controlFramesPassAsPcfSays() {
        byte[] pause = Frames.ethernet(PAUSE_GROUP, Rig.PEER, 0x8808, Frames.join(Frames.u16s(1, 0), new byte[46]));
        rig.write("MACFFR", PAM);
        assertThat(passes(pause, 0)).as("PCF 00").isFalse();
        rig.write("MACFFR", PAM | 1 << 6);
        assertThat(passes(pause, 0)).as("PCF 01").isFalse();
        rig.write("MACFFR", 2 << 6);
        assertThat(passes(pause, AFM_STATUS))
                .as("PCF 10, whatever the filter says")
                .isTrue();
        rig.write("MACFFR", 3 << 6);
        assertThat(passes(pause, 0)).as("PCF 11, filtered").isFalse();
        rig.write("MACFFR", 3 << 6 | PAM);
        assertThat(passes(pause, 0)).as("PCF 11, not filtered").isTrue();
    }
}
