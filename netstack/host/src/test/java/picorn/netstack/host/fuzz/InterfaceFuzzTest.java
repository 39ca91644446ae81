// SPDX-License-Identifier: MIT
package picorn.netstack.host.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.dns.DnsName;
import picorn.netstack.dns.DnsType;
import picorn.netstack.service.DynamicAddress;
import picorn.netstack.service.UdpEchoService;
import picorn.netstack.tcp.TcpConfig;

/** Any frames at all into an interface of a stack that has everything; it must be alive afterwards, within its memory. */
class InterfaceFuzzTest {
    private static final int[] PORTS = {7, 53, 67, 68, 80, 4000};
    private static final byte[] ECHO = {8, 0, 0, 0, 0, 1, 0, 1, 42};

    @FuzzTest(maxDuration = "1m")
    void survives(FuzzedDataProvider data) {
        FuzzedStation station = new FuzzedStation();
        UdpEchoService.on(station.stack());
        DynamicAddress.on(station.stack(), station.link()).start();
        station.stack().dns().servers(List.of(new Ipv4Address(Frames.PEER)));
        station.stack().dns().lookup(DnsName.parse("a.test"), DnsType.A);
        station.stack().tcp().listen(80, TcpConfig.DEFAULT);
        while (data.remainingBytes() > 0) {
            station.advance(data.consumeInt(0, 2_000_000_000));
            station.give(frame(data));
        }
        station.advance(120_000_000_000L);
        station.give(Frames.arpRequest());
        station.sent().clear();
        station.give(Frames.ethernet(0x0800, Frames.ipv4(1, Frames.US, ECHO.clone())));
        if (station.sent().size() != 1) {
            throw new AssertionError(station.sent().size() + " answers to a ping at the end: "
                    + station.stack().report());
        }
    }

    private static byte[] frame(FuzzedDataProvider data) {
        return switch (data.consumeInt(0, 5)) {
            case 0 -> data.consumeBytes(1600);
            case 1 -> Frames.ethernet(0x0806, data.consumeBytes(40));
            case 2 -> Frames.ethernet(0x0800, Frames.sealed(data.consumeBytes(1500)));
            case 3 -> Frames.ethernet(0x8100, data.consumeBytes(100));
            case 4 -> Frames.ethernet(0x0800, Frames.ipv4(17, Frames.US, datagram(data)));
            default -> Frames.ethernet(
                    0x0800,
                    Frames.ipv4(data.pickValue(new int[] {1, 2, 6, 17}), destination(data), data.consumeBytes(200)));
        };
    }

    private static int destination(FuzzedDataProvider data) {
        return data.consumeBoolean() ? Frames.US : 0xE000_0001;
    }

    private static byte[] datagram(FuzzedDataProvider data) {
        int from = data.pickValue(PORTS);
        int to = data.pickValue(PORTS);
        byte[] payload = data.consumeBytes(600);
        int length = 8 + payload.length;
        byte[] datagram = new byte[length];
        byte[] header = {
            (byte) (from >>> 8), (byte) from, (byte) (to >>> 8), (byte) to, (byte) (length >>> 8), (byte) length
        };
        System.arraycopy(header, 0, datagram, 0, header.length);
        System.arraycopy(payload, 0, datagram, 8, payload.length);
        return datagram;
    }
}
