// SPDX-License-Identifier: MIT
package picorn.stm32f4.socketdevice;

import static org.assertj.core.api.Assertions.assertThat;
import static picorn.stm32f4.socketdevice.Guest.ADDRESS;
import static picorn.stm32f4.socketdevice.Guest.SELF;

import org.junit.jupiter.api.Test;

/** What it means to bind a socket without connections to an address: as Linux has it, udp(7), raw(7) and ip(7). */
class BoundAddressTest {
    private static final int DGRAM = 2;
    private static final int RAW = 3;
    private static final int REUSE = 1;
    private static final String ANY = "0.0.0.0";
    private static final String NOTHING = "-11";

    private final Guest guest = Guest.configured();
    private final int sender = guest.open(DGRAM);

    private int bound(String address, int port) {
        int socket = guest.open(DGRAM);
        assertThat(bind(socket, 0, address, port)).isZero();
        return socket;
    }

    private int bind(int socket, int flags, String address, int port) {
        return guest.command(3).socket(socket).flags(flags).at(address, port).result();
    }

    private void send(String to, int port, String text) {
        assertThat(guest.command(7)
                        .socket(sender)
                        .flags(1 | 4)
                        .at(to, port)
                        .data(text)
                        .result())
                .isEqualTo(text.length());
        guest.milliseconds(1);
    }

    @Test
    void takesWhatIsSentToItsAddressAlone() {
        int socket = bound(ADDRESS, 9);
        send(SELF, 9, "elsewhere");
        assertThat(guest.receive(socket)).isEqualTo(NOTHING);
        send(ADDRESS, 9, "here");
        assertThat(guest.receive(socket)).isEqualTo("here");
    }

    @Test
    void twoAddressesHaveTheSamePort() {
        int inside = bound(SELF, 9);
        int outside = bound(ADDRESS, 9);
        send(ADDRESS, 9, "outside");
        send(SELF, 9, "inside");
        assertThat(guest.receive(inside)).isEqualTo("inside");
        assertThat(guest.receive(outside)).isEqualTo("outside");
        assertThat(bind(guest.open(DGRAM), 0, SELF, 9)).isEqualTo(-98);
        assertThat(bind(guest.open(DGRAM), 0, ANY, 9)).isEqualTo(-98);
    }

    @Test
    void anAddressOfAnotherHostCannotBeHad() {
        assertThat(bind(guest.open(DGRAM), 0, "10.9.9.9", 9)).isEqualTo(-99);
        assertThat(bind(guest.command(1).a(RAW).b(253).result(), 0, "10.9.9.9", 0))
                .isEqualTo(-99);
    }

    @Test
    void aPortIsSharedByThoseWhoAllReuseIt() {
        int first = guest.open(DGRAM);
        int second = guest.open(DGRAM);
        assertThat(bind(first, REUSE, ANY, 9)).isZero();
        assertThat(bind(guest.open(DGRAM), 0, ANY, 9)).isEqualTo(-98);
        assertThat(bind(second, REUSE, ANY, 9)).isZero();
        send(SELF, 9, "to the latest");
        assertThat(guest.receive(first)).isEqualTo(NOTHING);
        assertThat(guest.receive(second)).isEqualTo("to the latest");
    }

    @Test
    void anAddressWithoutAPortGetsAFreeOne() {
        int socket = bound(SELF, 0);
        int port = guest.command(10).socket(socket).done().port();
        assertThat(port).isGreaterThanOrEqualTo(49152);
        send(SELF, port, "found");
        assertThat(guest.receive(socket)).isEqualTo("found");
    }

    @Test
    void outlastsAnAssociation() {
        int socket = bound(SELF, 9);
        assertThat(guest.command(4).socket(socket).at(SELF, 7).result()).isZero();
        assertThat(guest.command(4).socket(socket).flags(1).at(ANY, 0).result()).isZero();
        assertThat(guest.command(10).socket(socket).done().address()).isEqualTo(Guest.address(SELF));
    }

    @Test
    void sendsFromItsAddress() {
        int receiver = bound(ADDRESS, 10);
        assertThat(bind(sender, 0, ADDRESS, 9)).isZero();
        send(ADDRESS, 10, "x");
        assertThat(guest.command(8).socket(receiver).room(9).done())
                .extracting("result", "address", "port")
                .containsExactly(1, Guest.address(ADDRESS), 9);
    }

    @Test
    void anAddressOfAllTakesWhatIsForAllAndSendsFromItsHosts() {
        int socket = bound("10.0.2.255", 9);
        send(ADDRESS, 9, "to one");
        assertThat(guest.receive(socket)).isEqualTo(NOTHING);
        int receiver = bound(ADDRESS, 10);
        assertThat(guest.command(7)
                        .socket(socket)
                        .flags(1)
                        .at(ADDRESS, 10)
                        .data("x")
                        .result())
                .isEqualTo(1);
        guest.milliseconds(1);
        assertThat(guest.command(8).socket(receiver).room(9).done().address()).isEqualTo(Guest.address(ADDRESS));
    }

    @Test
    void aRawSocketTakesPacketsToItsAddressAlone() {
        int socket = guest.command(1).a(RAW).b(253).result();
        int other = guest.command(1).a(RAW).b(253).result();
        assertThat(bind(socket, 0, ADDRESS, 0)).isZero();
        for (String to : new String[] {SELF, ADDRESS}) {
            assertThat(guest.command(7)
                            .socket(other)
                            .flags(1)
                            .at(to, 0)
                            .data(to)
                            .result())
                    .isEqualTo(to.length());
            guest.milliseconds(1);
        }
        assertThat(guest.receive(socket)).endsWith(ADDRESS);
        assertThat(guest.receive(socket)).isEqualTo(NOTHING);
        assertThat(guest.state(socket)).isEqualTo(2);
    }
}
