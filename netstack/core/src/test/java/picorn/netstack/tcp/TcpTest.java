// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static picorn.netstack.tcp.Pair.MILLISECOND;
import static picorn.netstack.tcp.Pair.PORT;
import static picorn.netstack.tcp.Pair.SECOND;

import org.junit.jupiter.api.Test;
import picorn.netstack.address.Ipv4Address;

class TcpTest {
    private final Pair pair = new Pair();

    @Test
    void handshakeEstablishesBothEnds() {
        TcpSocket[] ends = pair.connected(TcpConfig.DEFAULT);
        assertThat(ends[0].state()).isEqualTo(TcpState.ESTABLISHED);
        assertThat(ends[1].state()).isEqualTo(TcpState.ESTABLISHED);
        assertThat(ends[1].remotePort()).isEqualTo(ends[0].localPort());
        assertThat(ends[1].remoteAddress()).isEqualTo(Pair.A);
    }

    @Test
    void dataArrivesWholeAndInOrder() {
        TcpSocket[] ends = pair.connected(TcpConfig.DEFAULT);
        byte[] data = Pair.pattern(300_000);
        assertThat(pair.transfer(ends[0], ends[1], data)).isEqualTo(data);
        assertThat(pair.transfer(ends[1], ends[0], data)).isEqualTo(data);
    }

    @Test
    void bothEndsCloseAndTheMemoryComesBack() {
        long before = pair.b.budget().used();
        TcpSocket[] ends = pair.connected(TcpConfig.DEFAULT);
        ends[0].write(Pair.pattern(100), 0, 100);
        ends[0].close();
        pair.run(SECOND);
        assertThat(Pair.readAll(ends[1])).isEqualTo(Pair.pattern(100));
        assertThat(ends[1].read(new byte[1], 0, 1)).isEqualTo(-1);
        assertThat(ends[1].state()).isEqualTo(TcpState.CLOSE_WAIT);
        ends[1].close();
        pair.run(SECOND);
        assertThat(ends[0].state()).isEqualTo(TcpState.TIME_WAIT);
        assertThat(ends[1].state()).isEqualTo(TcpState.CLOSED);
        assertThat(ends[1].failure()).isEmpty();
        pair.run(120 * SECOND);
        assertThat(ends[0].state()).isEqualTo(TcpState.CLOSED);
        assertThat(pair.a.tcp().deadline()).isEqualTo(Long.MAX_VALUE);
        assertThat(pair.a.counters().counters()).containsEntry("tcp.flows", 0L);
        assertThat(pair.b.budget().used() - before)
                .as("listener and free chunks")
                .isLessThan(3000);
    }

    @Test
    void requestToClosedPortIsRefused() {
        TcpSocket socket = pair.a.tcp().connect(Pair.B, 9, TcpConfig.DEFAULT);
        pair.run(SECOND);
        assertThat(socket.failure()).contains(TcpFailure.REFUSED);
    }

    @Test
    void requestWithoutRouteIsUnreachable() {
        TcpSocket socket = pair.a.tcp().connect(Ipv4Address.parse("192.0.2.1"), 9, TcpConfig.DEFAULT);
        assertThat(socket.failure()).contains(TcpFailure.UNREACHABLE);
    }

    @Test
    void silentHostTimesOut() {
        TcpSocket socket = pair.a.tcp().connect(Ipv4Address.parse("10.0.0.9"), 9, TcpConfig.DEFAULT);
        pair.run(600 * SECOND);
        assertThat(socket.failure()).contains(TcpFailure.TIMED_OUT);
    }

    @Test
    void abortResetsThePeer() {
        TcpSocket[] ends = pair.connected(TcpConfig.DEFAULT);
        ends[0].abort();
        pair.run(MILLISECOND);
        assertThat(ends[1].failure()).contains(TcpFailure.RESET);
        assertThat(ends[1].read(new byte[1], 0, 1)).isZero();
    }

    @Test
    void closeWithUnreadDataResetsThePeer() {
        TcpSocket[] ends = pair.connected(TcpConfig.DEFAULT);
        ends[0].write(new byte[10], 0, 10);
        pair.run(MILLISECOND);
        ends[1].close();
        pair.run(MILLISECOND);
        assertThat(ends[0].failure()).contains(TcpFailure.RESET);
    }

    @Test
    void callbacksTellOfConnectionDataAndEnd() {
        int[] calls = new int[2];
        TcpListener listener = pair.b.tcp().listen(PORT, TcpConfig.DEFAULT);
        listener.onReady(() -> listener.accept().orElseThrow().onReady(() -> calls[1]++));
        TcpSocket client = pair.a.tcp().connect(Pair.B, PORT, TcpConfig.DEFAULT);
        client.onReady(() -> calls[0]++);
        pair.run(MILLISECOND);
        assertThat(calls[0]).as("connected").isEqualTo(1);
        int before = calls[1];
        client.write(new byte[10], 0, 10);
        pair.run(MILLISECOND);
        assertThat(calls[1] - before).as("readable").isEqualTo(1);
    }

    @Test
    void portInUseSaysWhatToDo() {
        pair.b.tcp().listen(PORT, TcpConfig.DEFAULT);
        assertThatThrownBy(() -> pair.b.tcp().listen(PORT, TcpConfig.DEFAULT))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("close");
    }

    @Test
    void connectionsResetBeforeTheyAreAcceptedLeaveTheBacklogAsItWas() {
        TcpListener listener = pair.b.tcp().listen(PORT, TcpConfig.DEFAULT.backlog(2));
        for (int i = 0; i < 20; i++) {
            TcpSocket client = pair.a.tcp().connect(Pair.B, PORT, TcpConfig.DEFAULT);
            pair.run(MILLISECOND);
            assertThat(client.state()).as("connection %d", i).isEqualTo(TcpState.ESTABLISHED);
            client.abort();
            pair.run(MILLISECOND);
            TcpSocket gone = listener.accept().orElseThrow();
            assertThat(gone.failure()).contains(TcpFailure.RESET);
            gone.close();
        }
        for (int i = 0; i < 3; i++) {
            pair.a.tcp().connect(Pair.B, PORT, TcpConfig.DEFAULT);
        }
        pair.run(MILLISECOND);
        assertThat(listener.accept()).isPresent();
        assertThat(listener.accept()).isPresent();
        assertThat(listener.accept()).as("beyond the backlog").isEmpty();
    }

    @Test
    void timeWaitTakesLittleAndNoMoreThanItsShare() {
        TcpListener listener = pair.b.tcp().listen(PORT, TcpConfig.DEFAULT);
        for (int i = 0; i < 600; i++) {
            TcpSocket client = pair.a.tcp().connect(Pair.B, PORT, TcpConfig.DEFAULT);
            pair.run(MILLISECOND);
            client.close();
            pair.run(MILLISECOND);
            listener.accept().orElseThrow().close();
            pair.run(MILLISECOND);
        }
        long waiting = pair.a.counters().counters().get("tcp.time-wait");
        assertThat(waiting * TimeWait.MEMORY)
                .isPositive()
                .isLessThanOrEqualTo(pair.a.budget().limit() / 8 + TimeWait.MEMORY);
        pair.run(61 * SECOND);
        assertThat(pair.a.counters().counters()).containsEntry("tcp.time-wait", 0L);
    }
}
