// SPDX-License-Identifier: MIT
package picorn.stm32f4.socketdevice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static picorn.stm32f4.socketdevice.Guest.DATA;
import static picorn.stm32f4.socketdevice.Guest.GATEWAY;
import static picorn.stm32f4.socketdevice.Guest.RAM;
import static picorn.stm32f4.socketdevice.Guest.SELF;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.tcp.TcpConfig;
import picorn.netstack.tcp.TcpListener;
import picorn.netstack.tcp.TcpSocket;

/** What docs/socket-device.md says of the device, by a driver's hands. */
class SocketDeviceTest {
    private static final int STREAM = 1;
    private static final int DGRAM = 2;
    private static final int RAW = 3;

    private static final int IN = 1;
    private static final int OUT = 2;
    private static final int ERR = 8;
    private static final int HUP = 16;
    private static final int RDHUP = 32;

    private static final int EAGAIN = -11;
    private static final int EINPROGRESS = -115;
    private static final int ECONNREFUSED = -111;

    /** A listener at port 80 of the device itself and a stream that is connected to it; gives listener, client, server. */
    private static int[] pair(Guest guest) {
        int listener = guest.open(STREAM);
        assertThat(guest.command(3).socket(listener).at("0.0.0.0", 80).result()).isZero();
        assertThat(guest.command(5).socket(listener).a(4).result()).isZero();
        int client = guest.open(STREAM);
        assertThat(guest.command(4).socket(client).at(SELF, 80).result()).isEqualTo(EINPROGRESS);
        guest.milliseconds(1);
        int server = guest.command(6).socket(listener).result();
        assertThat(server).isNotNegative();
        return new int[] {listener, client, server};
    }

    @Test
    void tellsWhatItIs() {
        Guest guest = Guest.started();
        assertThat(guest.register("IDR")).isEqualTo(0x50534B31);
        assertThat(guest.register("VERR")).isEqualTo(0x0001_0000);
        assertThat(guest.register("CAPR")).isEqualTo(0x1F);
        assertThat(guest.register("LIMR")).isEqualTo(64 << 24 | 10 << 16 | 128);
        assertThat(guest.register("MACLR")).isEqualTo(0x6369_5002);
        assertThat(guest.register("MACHR")).isEqualTo(0x726F);
    }

    @ParameterizedTest
    @CsvSource({
        "CMDAR, 0x20001004",
        "CPLAR, 0x20001010",
        "EVTAR, 0x20003002",
        "STAAR, 0x2003fe04",
        "CMDAR, 0x10000000",
        "CPLAR, 0x08000000",
        "STAAR, 0x50080000",
        "CMDAR, 0xfffffff0",
        "RSZR, 0x06030300",
        "RSZR, 0x00060303",
        "RSZR, 0x000b0303",
        "RSZR, 0x00070b03"
    })
    void refusesRingsThatAreNone(String register, String value) {
        Guest guest = new Guest(SocketDeviceConfig.parse("full"));
        guest.start();
        guest.register("CR", 0);
        guest.register(register, Long.decode(value).intValue());
        guest.register("CR", 0x801);
        assertThat(guest.register("CR") & 1).isZero();
        assertThat(guest.register("SR") & 8).isEqualTo(8);
        assertThat(guest.register("ERRR")).isEqualTo(1);
        assertThat(guest.interrupt).isTrue();
    }

    @Test
    void goesOnWhenTheCompletionRingHasRoomAgain() {
        Guest guest = Guest.started();
        for (int i = 0; i < 8; i++) {
            guest.command(99).put();
        }
        guest.register("CMDTR", 8);
        for (int i = 0; i < 3; i++) {
            guest.command(98).put();
        }
        guest.register("CMDTR", 11);
        assertThat(guest.register("CMDHR")).isEqualTo(8);
        for (int i = 0; i < 11; i++) {
            assertThat(guest.completion().result()).isEqualTo(-5);
        }
        assertThat(guest.register("CMDHR")).isEqualTo(11);
        assertThat(guest.completion()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"CMDTR, 9", "CMDTR, -1", "CPLHR, 1", "EVTHR, 1"})
    void stopsWhenACountIsImpossible(String register, int value) {
        Guest guest = Guest.started();
        guest.register(register, value);
        assertThat(guest.register("ERRR")).isEqualTo(3);
        assertThat(guest.register("CR") & 1).isZero();
    }

    @Test
    void carriesAStreamBothWaysAndTellsItsEnd() {
        Guest guest = Guest.started();
        int[] sockets = pair(guest);
        int client = sockets[1];
        int server = sockets[2];
        assertThat(guest.state(client)).isEqualTo(OUT);
        assertThat(guest.send(client, "hello")).isEqualTo(5);
        guest.milliseconds(1);
        assertThat(guest.state(server)).isEqualTo(IN | OUT);
        assertThat(guest.receive(server)).isEqualTo("hello");
        assertThat(guest.state(server)).isEqualTo(OUT);
        assertThat(guest.receive(server)).isEqualTo("" + EAGAIN);
        assertThat(guest.command(9).socket(client).a(1).result()).isZero();
        guest.milliseconds(1);
        assertThat(guest.state(server)).isEqualTo(IN | OUT | RDHUP);
        assertThat(guest.receive(server)).isEmpty();
        assertThat(guest.send(server, "bye")).isEqualTo(3);
        guest.milliseconds(1);
        assertThat(guest.receive(client)).isEqualTo("bye");
    }

    @Test
    void looksWithoutTakingAndScattersOverPieces() {
        Guest guest = Guest.started();
        int[] sockets = pair(guest);
        assertThat(guest.command(7)
                        .socket(sockets[1])
                        .data("abc")
                        .piece(DATA, 2)
                        .piece(DATA, 0)
                        .piece(DATA + 2, 1)
                        .result())
                .isEqualTo(6);
        guest.milliseconds(1);
        assertThat(guest.command(8).socket(sockets[2]).flags(1).room(100).result())
                .isEqualTo(6);
        assertThat(guest.text(DATA, 6)).isEqualTo("abcabc");
        guest.command(8)
                .socket(sockets[2])
                .piece(DATA + 101, 1)
                .piece(DATA + 200, 5)
                .done();
        assertThat(guest.text(DATA + 101, 1)).isEqualTo("a");
        assertThat(guest.text(DATA + 200, 5)).isEqualTo("bcabc");
    }

    @Test
    void refusesAConnectionThatNobodyTakes() {
        Guest guest = Guest.configured();
        int socket = guest.open(STREAM);
        assertThat(guest.command(4).socket(socket).at(GATEWAY, 81).result()).isEqualTo(EINPROGRESS);
        assertThat(guest.command(4).socket(socket).at(GATEWAY, 81).result()).isEqualTo(-114);
        assertThat(guest.state(socket)).isZero();
        guest.milliseconds(1);
        assertThat(guest.state(socket)).isEqualTo(IN | OUT | ERR | HUP | RDHUP);
        assertThat(guest.takeEvents()).containsExactly(socket);
        assertThat(guest.command(14).socket(socket).done().a()).isEqualTo(-ECONNREFUSED);
        assertThat(guest.state(socket) & ERR).isZero();
        assertThat(guest.command(4).socket(socket).at(GATEWAY, 81).result()).isEqualTo(EINPROGRESS);
    }

    @Test
    void aConnectionToWhereNoWayLeadsIsRefusedAtOnce() {
        Guest guest = Guest.started("minimal");
        int socket = guest.open(STREAM);
        assertThat(guest.command(4).socket(socket).at(GATEWAY, 80).result()).isEqualTo(-101);
        assertThat(guest.command(4).socket(socket).at(GATEWAY, 80).result()).isEqualTo(-101);
        assertThat(guest.command(2).socket(socket).a(-1).result()).isZero();
    }

    @Test
    void tellsOfAnEventOnceUntilItIsTakenAndThenAgain() {
        Guest guest = Guest.configured();
        int socket = guest.open(DGRAM);
        assertThat(guest.command(7)
                        .socket(socket)
                        .flags(1)
                        .at(GATEWAY, 7)
                        .data("one")
                        .result())
                .isEqualTo(3);
        guest.command(7).socket(socket).flags(1).at(GATEWAY, 7).data("two").done();
        assertThat(guest.interrupt).isFalse();
        guest.milliseconds(5);
        assertThat(guest.interrupt).isTrue();
        assertThat(guest.state(socket)).isEqualTo(IN | OUT);
        assertThat(guest.takeEvents()).containsExactly(socket);
        assertThat(guest.interrupt).isFalse();
        guest.command(7).socket(socket).flags(1).at(GATEWAY, 7).data("three").done();
        guest.milliseconds(5);
        assertThat(guest.takeEvents()).containsExactly(socket);
        assertThat(guest.receive(socket)).isEqualTo("one");
        assertThat(guest.command(13).socket(socket).done().a()).isEqualTo(3);
        Guest.Done two = guest.command(8).socket(socket).room(2).done();
        assertThat(two).extracting("result", "a", "port").containsExactly(2, 3, 7);
        assertThat(two.address()).isEqualTo(Guest.address(GATEWAY));
        assertThat(guest.receive(socket)).isEqualTo("three");
        assertThat(guest.state(socket)).isEqualTo(OUT);
    }

    @Test
    void tellsAConnectedDatagramSocketThatNobodyListens() {
        Guest guest = Guest.configured();
        int socket = guest.open(DGRAM);
        assertThat(guest.command(4).socket(socket).at(GATEWAY, 9).result()).isZero();
        guest.send(socket, "x");
        guest.milliseconds(1);
        assertThat(guest.state(socket)).isEqualTo(OUT | ERR);
        assertThat(guest.receive(socket)).isEqualTo("" + ECONNREFUSED);
        assertThat(guest.state(socket)).isEqualTo(OUT);
    }

    @Test
    void pingsByARawSocket() {
        Guest guest = Guest.configured();
        int socket = guest.command(1).a(RAW).b(1).result();
        String echo = "\10\0\u00F7\u00FD\0\1\0\1";
        assertThat(guest.command(7)
                        .socket(socket)
                        .flags(1)
                        .at(GATEWAY, 0)
                        .data(echo)
                        .result())
                .isEqualTo(8);
        guest.milliseconds(5);
        String answer = guest.receive(socket);
        assertThat(answer).hasSize(28);
        assertThat(answer.substring(20)).isEqualTo("\0\0\u00FF\u00FD\0\1\0\1");
    }

    @ParameterizedTest
    @CsvSource({"full, 31, 0", "client, 27, -94", "minimal, 3, -94"})
    void hasWhatItsSizeHas(String size, int capabilities, int raw) {
        Guest guest = Guest.started(size);
        assertThat(guest.register("CAPR")).isEqualTo(capabilities);
        assertThat(guest.command(1).a(RAW).b(1).result()).isEqualTo(raw);
        int socket = guest.open(DGRAM);
        boolean loopback = (capabilities & 8) != 0;
        assertThat(guest.command(4).socket(socket).at(SELF, 7).result()).isEqualTo(loopback ? 0 : -101);
    }

    @Test
    void dhcpConfiguresItAndSaysSo() {
        Guest guest = Guest.started();
        guest.command(17).a(2).b(3).c(1).done();
        guest.milliseconds(10_000);
        assertThat(guest.register("SR") & 4).isEqualTo(4);
        assertThat(guest.interrupt).isTrue();
        guest.register("SR", 4);
        assertThat(guest.interrupt).isFalse();
        assertThat(guest.command(21).room(32).result()).isEqualTo(32);
        assertThat(guest.word(DATA)).isEqualTo(1);
        assertThat(Integer.reverseBytes(guest.word(DATA + 4))).isEqualTo(Guest.address(Guest.ADDRESS));
        assertThat(Integer.reverseBytes(guest.word(DATA + 16))).isEqualTo(Guest.address(GATEWAY));
        guest.command(18).a(1).room(16).done();
        assertThat(guest.word(DATA)).isZero();
        assertThat(Integer.reverseBytes(guest.word(DATA + 8))).isEqualTo(Guest.address(GATEWAY));
        assertThat(guest.command(18).a(2).room(16).result()).isEqualTo(-3);
    }

    @Test
    void anAddressSetByHandEndsDhcp() {
        Guest guest = Guest.configured();
        assertThat(guest.command(17).a(2).b(1).at("10.0.2.99", 0).result()).isZero();
        assertThat(guest.command(17).a(2).b(2).at("255.255.255.128", 0).result())
                .isZero();
        guest.command(16).a(2).room(48).done();
        assertThat(Integer.reverseBytes(guest.word(DATA + 24))).isEqualTo(Guest.address("10.0.2.99"));
        assertThat(Integer.reverseBytes(guest.word(DATA + 28))).isEqualTo(Guest.address("255.255.255.128"));
        assertThat(guest.command(21).room(32).result()).isEqualTo(32);
        assertThat(guest.word(DATA)).isZero();
        Guest.Call route = guest.command(19).at("0.0.0.0", 0).a(0);
        assertThat(route.b(Integer.reverseBytes(Guest.address(GATEWAY))).result())
                .isZero();
        assertThat(guest.command(20).at("0.0.0.0", 0).a(0).result()).isZero();
        assertThat(guest.command(20).at("0.0.0.0", 0).a(0).result()).isEqualTo(-3);
        assertThat(guest.command(17).a(2).b(1).at("0.0.0.0", 0).result()).isZero();
        guest.command(16).a(2).room(48).done();
        assertThat(guest.word(DATA + 24)).isZero();
    }

    @Test
    void anAddressIsNotTakenWhenItWasGivenUpWhileItWasProbed() {
        Guest guest = Guest.started();
        guest.command(17).a(2).b(3).c(1).done();
        guest.milliseconds(500);
        guest.command(17).a(2).b(1).at("0.0.0.0", 0).done();
        guest.milliseconds(10_000);
        guest.command(16).a(2).room(48).done();
        assertThat(guest.word(DATA + 24)).isZero();
    }

    @Test
    void anAddressOfAStreamIsTakenUnlessBothReuseIt() {
        Guest guest = Guest.started();
        int first = guest.open(STREAM);
        int second = guest.open(STREAM);
        assertThat(guest.command(3).socket(first).flags(1).at("0.0.0.0", 80).result())
                .isZero();
        assertThat(guest.command(3).socket(second).at("0.0.0.0", 80).result()).isEqualTo(-98);
        assertThat(guest.command(3).socket(second).flags(1).at("0.0.0.0", 80).result())
                .isZero();
        assertThat(guest.command(5).socket(first).a(1).result()).isZero();
        assertThat(guest.command(5).socket(second).a(1).result()).isEqualTo(-98);
        assertThat(guest.command(3).socket(guest.open(STREAM)).at("10.9.9.9", 1).result())
                .isEqualTo(-99);
    }

    @ParameterizedTest
    @ValueSource(ints = {Guest.CCM, 0x50080000, 0x9000_0000, RAM + Guest.RAM_SIZE - 2})
    void dataThatIsNotMemoryIsAFault(int address) {
        Guest guest = Guest.configured();
        int[] sockets = pair(guest);
        assertThat(guest.command(7)
                        .socket(sockets[1])
                        .piece(DATA, 1)
                        .piece(address, 8)
                        .result())
                .isEqualTo(-14);
        guest.send(sockets[1], "kept");
        guest.milliseconds(1);
        assertThat(guest.command(8).socket(sockets[2]).piece(address, 8).result())
                .isEqualTo(-14);
        assertThat(guest.command(8).socket(sockets[2]).piece(Guest.FLASH, 8).result())
                .isEqualTo(-14);
        assertThat(guest.receive(sockets[2])).isEqualTo("kept");
    }

    @Test
    void aDatagramThatFindsNoMemoryIsNotTaken() {
        Guest guest = Guest.configured();
        int socket = guest.open(DGRAM);
        assertThat(guest.command(3).socket(socket).at(SELF, 9).result()).isZero();
        assertThat(guest.command(7)
                        .socket(socket)
                        .flags(1)
                        .at(SELF, 9)
                        .data("kept")
                        .result())
                .isEqualTo(4);
        guest.milliseconds(1);
        assertThat(guest.command(8).socket(socket).piece(Guest.CCM, 8).result()).isEqualTo(-14);
        assertThat(guest.receive(socket)).isEqualTo("kept");
        assertThat(guest.receive(socket)).isEqualTo("" + EAGAIN);
    }

    @Test
    void aPacketThatFindsNoMemoryIsNotTaken() {
        Guest guest = Guest.configured();
        int socket = guest.command(1).a(RAW).b(253).result();
        assertThat(guest.command(7)
                        .socket(socket)
                        .flags(1)
                        .at(SELF, 0)
                        .data("kept")
                        .result())
                .isEqualTo(4);
        guest.milliseconds(1);
        assertThat(guest.command(8).socket(socket).piece(Guest.CCM, 64).result())
                .isEqualTo(-14);
        assertThat(guest.receive(socket)).endsWith("kept");
        assertThat(guest.receive(socket)).isEqualTo("" + EAGAIN);
    }

    @Test
    void closingGivesUpTheNumberAndTheMemory() {
        Guest guest = Guest.configured();
        long before = guest.device.stack().budget().used();
        for (int i = 0; i < 300; i++) {
            int socket = guest.open(1 + i % 2);
            assertThat(socket).isZero();
            guest.command(4).socket(socket).at(GATEWAY, 7).done();
            guest.command(2).socket(socket).a(0).done();
            assertThat(guest.state(socket)).isZero();
        }
        assertThat(guest.command(8).socket(0).room(1).result()).isEqualTo(-9);
        guest.milliseconds(100_000);
        assertThat(guest.device.sockets()).isZero();
        assertThat(guest.device.stack().budget().used()).isLessThan(before + 8_000);
    }

    @Test
    void thereAreNoMoreSocketsThanItSays() {
        Guest guest = Guest.started("full,budget=1M");
        for (int i = 0; i < 128; i++) {
            assertThat(guest.open(DGRAM)).isEqualTo(i);
        }
        assertThat(guest.open(DGRAM)).isEqualTo(-23);
    }

    @Test
    void aDryBudgetIsNoMistakeOfTheGuests() {
        Guest guest = Guest.started("full,budget=64K");
        int refused = 0;
        for (int i = 0; i < 20 && refused == 0; i++) {
            refused = guest.command(3)
                    .socket(guest.open(DGRAM))
                    .at("0.0.0.0", 1000 + i)
                    .result();
        }
        assertThat(refused).isEqualTo(-105);
        assertThat(guest.device.stack().budget().used()).isLessThanOrEqualTo(64 << 10);
    }

    @Test
    void anInterfaceThatIsSetUpWithoutMemoryGetsItsAddressWhenThereIsSome() {
        Guest guest = Guest.started("full,budget=64K");
        int sockets = 0;
        while (guest.command(3)
                        .socket(guest.open(DGRAM))
                        .at("0.0.0.0", 1000 + sockets)
                        .result()
                == 0) {
            sockets++;
        }
        assertThat(guest.command(17).a(guest.eth0()).b(3).c(1).result()).isZero();
        for (int i = 0; i <= sockets; i++) {
            guest.command(2).socket(i).done();
        }
        guest.milliseconds(60_000);
        assertThat(guest.command(21).room(32).result()).isEqualTo(32);
        assertThat(guest.word(DATA)).isEqualTo(1);
    }

    @Test
    void thePortOfDhcpCannotBeTakenFromIt() {
        Guest guest = Guest.started();
        assertThat(guest.command(3).socket(guest.open(DGRAM)).at("0.0.0.0", 68).result())
                .isEqualTo(-98);
        guest.up();
        assertThat(guest.command(21).room(32).result()).isEqualTo(32);
        assertThat(guest.word(DATA)).isEqualTo(1);
    }

    @Test
    void aFullBufferIsToldAndSoIsRoom() {
        Guest guest = Guest.configured();
        TcpListener listener = guest.gateway.stack().tcp().listen(90, TcpConfig.DEFAULT.receiveBuffer(4096));
        int socket = guest.open(STREAM);
        guest.command(11).socket(socket).a(1 << 16 | 7).b(8192).done();
        guest.command(4).socket(socket).at(GATEWAY, 90).done();
        guest.milliseconds(5);
        TcpSocket peer = listener.accept().orElseThrow();
        int sent = 0;
        int result = 1;
        for (int i = 0; i < 100 && result > 0; i++) {
            result = guest.command(7).socket(socket).room(1000).result();
            sent += Math.max(0, result);
            guest.milliseconds(1);
        }
        assertThat(result).isEqualTo(EAGAIN);
        assertThat(sent).isBetween(8192, 8192 + 4096);
        assertThat(guest.state(socket)).isZero();
        guest.takeEvents();
        byte[] octets = new byte[20_000];
        int read = 0;
        for (int i = 0; i < 20; i++) {
            read += peer.read(octets, 0, octets.length);
            guest.poll();
            guest.milliseconds(300);
        }
        assertThat(read).isEqualTo(sent);
        assertThat(guest.state(socket)).isEqualTo(OUT);
        assertThat(guest.takeEvents()).containsExactly(socket);
    }

    @Test
    void lingerZeroResets() {
        Guest guest = Guest.started();
        int[] sockets = pair(guest);
        guest.command(2).socket(sockets[1]).a(0).done();
        guest.milliseconds(1);
        assertThat(guest.receive(sockets[2])).isEqualTo("-104");
        assertThat(guest.receive(sockets[2])).isEmpty();
        assertThat(guest.send(sockets[2], "x")).isEqualTo(-32);
    }

    @Test
    void aResetClosesEverything() {
        Guest guest = Guest.configured();
        TcpListener listener = guest.gateway.stack().tcp().listen(90, TcpConfig.DEFAULT);
        int socket = guest.open(STREAM);
        guest.command(4).socket(socket).at(GATEWAY, 90).done();
        guest.milliseconds(5);
        TcpSocket peer = listener.accept().orElseThrow();
        guest.register("CR", 2);
        guest.milliseconds(5);
        assertThat(peer.failure()).isPresent();
        assertThat(guest.device.sockets()).isZero();
        assertThat(guest.register("CMDAR")).isZero();
        guest.start();
        guest.up();
        assertThat(guest.device
                        .stack()
                        .ipv4()
                        .isOwn(Ipv4Address.parse(Guest.ADDRESS).bits()))
                .isTrue();
    }

    @Test
    void aLoadedDeviceGoesOnWithItsConnectionsDatagramsAndListeners() {
        Guest guest = Guest.configured();
        int[] sockets = pair(guest);
        int datagrams = guest.open(2);
        assertThat(guest.command(3).socket(datagrams).at("0.0.0.0", 53).result())
                .isZero();
        assertThat(guest.send(sockets[1], "under way")).isEqualTo(9);
        Guest loaded = new Guest(SocketDeviceConfig.parse("full")).load(guest.save());
        assertThat(loaded.save()).isEqualTo(guest.save());
        for (Guest each : List.of(guest, loaded)) {
            each.milliseconds(10);
            assertThat(each.receive(sockets[2])).isEqualTo("under way");
            assertThat(each.send(sockets[2], "and back")).isEqualTo(8);
            each.milliseconds(300);
            assertThat(each.receive(sockets[1])).isEqualTo("and back");
            int another = each.open(STREAM);
            assertThat(each.command(4).socket(another).at(SELF, 80).result()).isEqualTo(EINPROGRESS);
            each.milliseconds(1);
            assertThat(each.command(6).socket(sockets[0]).result()).isNotNegative();
            assertThat(each.command(9).socket(sockets[1]).a(2).result()).isZero();
            each.milliseconds(10_000);
        }
        assertThat(loaded.save()).isEqualTo(guest.save());
    }

    /** At any moment, the seconds in which it asks whether somebody has its address included. */
    @Test
    void aLoadedDeviceGetsTheLeaseThatItWasAboutToGet() {
        for (int moment = 1; moment < 8000; moment += 500) {
            Guest guest = Guest.started();
            guest.command(17).a(guest.eth0()).b(3).c(1).done();
            guest.milliseconds(moment);
            Guest loaded = new Guest(SocketDeviceConfig.parse("full")).load(guest.save());
            for (Guest each : List.of(guest, loaded)) {
                each.milliseconds(10_000);
                assertThat(each.device.stack().ipv4().isOwn(Guest.address(Guest.ADDRESS)))
                        .as("%d ms", moment)
                        .isTrue();
            }
            assertThat(loaded.save()).as("%d ms", moment).isEqualTo(guest.save());
        }
    }

    @Test
    void namesAndLooksTellWhatASocketIs() {
        Guest guest = Guest.configured();
        int[] sockets = pair(guest);
        Guest.Done name = guest.command(10).socket(sockets[2]).done();
        assertThat(name).extracting("address", "port").containsExactly(Guest.address(SELF), 80);
        Guest.Done peer = guest.command(10).socket(sockets[1]).flags(1).done();
        assertThat(peer).extracting("address", "port").containsExactly(Guest.address(SELF), 80);
        assertThat(guest.command(10).socket(sockets[0]).flags(1).result()).isEqualTo(-107);
        guest.command(22).socket(sockets[0]).room(32).done();
        assertThat(guest.word(DATA)).isEqualTo(STREAM);
        assertThat(guest.word(DATA + 4)).isEqualTo(10);
        assertThat(guest.word(DATA + 28)).isEqualTo(6);
        assertThat(guest.command(22).socket(77).room(32).result()).isEqualTo(-9);
    }

    @Test
    void optionsAreKeptAndRead() {
        Guest guest = Guest.started();
        int socket = guest.open(STREAM);
        int[][] options = {{6 << 16 | 1, 1}, {6 << 16 | 4, 60}, {6 << 16 | 5, 10}, {6 << 16 | 6, 3}, {6 << 16 | 18, 500}
        };
        for (int[] option : options) {
            assertThat(guest.command(11)
                            .socket(socket)
                            .a(option[0])
                            .b(option[1])
                            .result())
                    .isZero();
            assertThat(guest.command(12).socket(socket).a(option[0]).done().a()).isEqualTo(option[1]);
        }
        assertThat(guest.command(11).socket(socket).a(99).result()).isEqualTo(-92);
        assertThat(guest.command(12).socket(socket).a(6 << 16 | 11).room(32).result())
                .isEqualTo(-107);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"big", "full,limit=3", "full,budget=", "full,budget=1", "minimal,budget=99999M", "full,budget=-1"
            })
    void aConfigurationThatCannotBeIsSaidInALine(String text) {
        assertThatThrownBy(() -> SocketDeviceConfig.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContainingAny("\n");
    }

    @Test
    void aConfigurationIsWrittenAsSizeAndBudget() {
        assertThat(SocketDeviceConfig.parse("minimal,budget=128K"))
                .isEqualTo(new SocketDeviceConfig(SocketDeviceConfig.Size.MINIMAL, 128 << 10));
        assertThat(SocketDeviceConfig.parse("client").budget()).isEqualTo(256 << 10);
    }
}
