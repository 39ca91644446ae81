// SPDX-License-Identifier: MIT
package picorn.junit;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static picorn.junit.PicornAssertions.assertThat;
import static picorn.junit.PicornAssertions.assertThatIllegalArgumentException;
import static picorn.junit.PicornAssertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** UDP with a firmware that answers what comes to its port 49152 + n at the sender's host, port n, with "got " in front. */
@PicornTest(image = "station.elf")
class UdpPortTest {
    private static final String BOARD = "10.0.2.15";
    private static final int TO_4000 = 49152 + 4000;

    @BeforeEach
    void boot(Console console) {
        console.awaitLine("ready", ofSeconds(2));
    }

    @AllEngines
    void aDatagramGoesToTheBoardAndItsAnswerComesBack(Board board, Network net) {
        UdpPort udp = net.udp(4000);
        udp.send(BOARD, TO_4000, "status?");
        Datagram answer = udp.await(ofMillis(5));
        assertThat(answer.text()).isEqualTo("got status?");
        assertThat(answer.address()).isEqualTo(BOARD);
        assertThat(answer.port()).isEqualTo(TO_4000);
        assertThat(board.variable("datagrams").asInt()).isEqualTo(1);
    }

    @Test
    void datagramsWaitInTheirOrder(Clock clock, Network net) {
        UdpPort udp = net.udp(4000);
        for (String text : new String[] {"1", "2", "3"}) {
            udp.send(BOARD, TO_4000, text);
        }
        clock.advance(ofMillis(5));
        for (String text : new String[] {"1", "2", "3"}) {
            assertThat(udp.await(Duration.ZERO).text()).isEqualTo("got " + text);
        }
    }

    @Test
    void octetsOfAllValuesAndTheLongestDatagramPassUnaltered(Network net) {
        UdpPort udp = net.udp(4000);
        byte[] data = new byte[1468];
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) i;
        }
        udp.send(BOARD, TO_4000, data);
        assertThat(udp.await(ofMillis(5)).data())
                .hasSize(1472)
                .startsWith('g', 'o', 't', ' ')
                .endsWith(data);
    }

    @Test
    void waitingInVainTakesItsTimeAndSaysWhatWasWaitedFor(Clock clock, Network net) {
        UdpPort udp = net.udp(4000);
        Duration before = clock.now();
        assertThatThrownBy(() -> udp.await(ofMillis(3)))
                .isInstanceOf(AssertionError.class)
                .hasMessage("expected a datagram at UDP port 4000 within 3 ms, but that time has passed");
        assertThat(clock.now().minus(before)).isBetween(ofMillis(3), ofMillis(3).plusNanos(1000));
    }

    @Test
    void anAnswerToAnotherPortIsNotTaken(Network net) {
        UdpPort udp = net.udp(4000);
        udp.send(BOARD, TO_4000 + 1, "to 4001");
        assertThatThrownBy(() -> udp.await(ofMillis(5))).hasMessageContaining("at UDP port 4000 within 5 ms");
    }

    @Test
    void whatCannotBeSentFailsAtOnce(Network net) {
        UdpPort udp = net.udp(4000);
        assertThatThrownBy(() -> udp.send("192.168.9.9", 5000, "x"))
                .isInstanceOf(AssertionError.class)
                .hasMessage(
                        "expected a datagram of 1 octets to leave for 192.168.9.9:5000, but the stack says NO_ROUTE");
        assertThatIllegalArgumentException().isThrownBy(() -> udp.send("10.0.2", 5000, "x"));
    }

    @Test
    void aPortIsTakenUntilItIsClosed(Network net) {
        UdpPort udp = net.udp(4000);
        assertThat(udp.number()).isEqualTo(4000);
        assertThatThrownBy(() -> net.udp(4000)).hasMessageContaining("4000");
        udp.close();
        net.udp(4000).send(BOARD, TO_4000, "again");
    }
}
