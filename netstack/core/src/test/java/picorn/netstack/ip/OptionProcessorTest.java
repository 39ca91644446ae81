// SPDX-License-Identifier: MIT
package picorn.netstack.ip;

import static org.assertj.core.api.Assertions.assertThat;
import static picorn.netstack.testing.Frames.bytes;
import static picorn.netstack.testing.Router.A;
import static picorn.netstack.testing.Router.B;
import static picorn.netstack.testing.Station.PEER;
import static picorn.netstack.testing.Station.SECOND;
import static picorn.netstack.testing.Station.US;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;
import picorn.netstack.testing.Frames;
import picorn.netstack.testing.Router;
import picorn.netstack.testing.Station;

class OptionProcessorTest {
    private final Station station = new Station().with(OptionProcessor::join).knowingItsNeighbour();
    private final byte[] echo = Frames.ipv4(PEER, US, Frames.ICMP, Frames.icmp(8, 1, 1, new byte[8]));

    private void give(String options) {
        station.giveIpv4(Frames.withOptions(echo, bytes(options)));
    }

    private byte[] optionsOfTheAnswer() throws Malformed {
        byte[] packet = station.packet(0);
        int header = Ipv4Header.parse(Octets.over(packet)).headerLength();
        return Arrays.copyOfRange(packet, 20, header);
    }

    @ParameterizedTest
    @ValueSource(strings = {"83 07 04 c0000201 00", "89 07 04 c0000201 00", "01 83 03 04", "89 07 08 c0000201 00"})
    void sourceRouteIsRefused(String options) {
        give(options);
        assertThat(station.dropped(OptionDrop.SOURCE_ROUTE)).isEqualTo(1);
        assertThat(station.payload(0)).startsWith(3, 5);
    }

    @ParameterizedTest
    @CsvSource({
        "07 01 04 00, 21", // length under 2
        "07 09 04 00, 21", // beyond the header
        "01 01 01 07, 23", // no length at all
        "07 07 03 00000000 00, 22", // pointer into the fixed part
        "44 08 04 00 00000000, 22",
        "44 03 05 00, 21", // no room for the flags
    })
    void wrongOptionIsAnsweredWithItsPlace(String options, int pointer) {
        // RFC 1122, section 3.2.2.5.
        give(options);
        assertThat(station.dropped(OptionDrop.BAD_OPTION)).isEqualTo(1);
        assertThat(station.payload(0)).startsWith(12, 0);
        assertThat(station.payload(0)[4]).isEqualTo((byte) pointer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"94 04 00 00", "00 ff ff ff", "01 01 01 01", "1e 04 00 00", "82 0b 0000 0000 0000 000000 00"})
    void otherOptionsAreSkippedAndNotAnswered(String options) throws Malformed {
        give(options);
        assertThat(station.payload(0)).startsWith(0, 0);
        assertThat(optionsOfTheAnswer()).isEmpty();
    }

    @Test
    void answerGoesOnRecordingTheRoute() throws Malformed {
        // RFC 1122, section 3.2.2.6.
        give("01 07 0b 08 0a00020f 00000000");
        assertThat(optionsOfTheAnswer()).isEqualTo(bytes("07 0b 0c 0a00020f 0a000202 00"));
    }

    @Test
    void fullRouteIsReturnedAsItIs() throws Malformed {
        give("07 07 08 0a00020f 00");
        assertThat(optionsOfTheAnswer()).isEqualTo(bytes("07 07 08 0a00020f 00"));
    }

    @ParameterizedTest
    @CsvSource({
        "44 08 05 00 00000000, 44 08 09 00 800003e8",
        "44 0c 05 01 00000000 00000000, 44 0c 0d 01 0a000202 800003e8",
        "44 0c 05 03 0a000202 00000000, 44 0c 0d 03 0a000202 800003e8",
        "44 0c 05 03 0a000203 00000000, 44 0c 05 03 0a000203 00000000",
        "44 08 09 00 00000001, 44 08 09 10 00000001",
        "44 08 05 01 00000000, 44 08 05 11 00000000",
        "44 08 09 f0 00000001, 44 08 09 f0 00000001",
    })
    void answerGoesOnRecordingTimes(String given, String answered) throws Malformed {
        station.advanceTo(SECOND);
        give(given);
        assertThat(optionsOfTheAnswer()).isEqualTo(bytes(answered));
    }

    @Test
    void routerEntersTheAddressByWhichThePacketLeaves() throws Malformed {
        Router router = new Router(1500);
        Forwarder.join(router.stack().ipv4());
        OptionProcessor.join(router.stack().ipv4());
        byte[] packet = Frames.withOptions(Frames.ipv4(A, B, 99, new byte[8]), bytes("07 07 04 00000000 00"));
        router.fromA(packet);
        byte[] out = Router.packet(router.toB(), 0);
        Ipv4Header.parse(Octets.over(out));
        assertThat(Arrays.copyOfRange(out, 20, 28)).isEqualTo(bytes("07 07 08 0a020001 00"));
    }

    @Test
    void routerRefusesSourceRoutesToo() {
        Router router = new Router(1500);
        Forwarder.join(router.stack().ipv4());
        OptionProcessor.join(router.stack().ipv4());
        router.fromA(Frames.withOptions(Frames.ipv4(A, B, 99, new byte[8]), bytes("83 07 04 00000000 00")));
        assertThat(router.toB().frames()).isEmpty();
        assertThat(Router.payload(router.toA(), 0)).startsWith(3, 5);
    }
}
