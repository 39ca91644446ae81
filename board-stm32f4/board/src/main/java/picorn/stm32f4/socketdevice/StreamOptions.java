// SPDX-License-Identifier: MIT
package picorn.stm32f4.socketdevice;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import picorn.netstack.ip.SendOptions;
import picorn.netstack.tcp.KeepAlive;
import picorn.netstack.tcp.TcpConfig;
import picorn.netstack.tcp.TcpFeature;
import picorn.netstack.tcp.TcpInfo;

/** The options of a stream (docs/socket-device.md, "Commands"), numbered by Linux's level and name. */
final class StreamOptions {
    static final long SECOND = 1_000_000_000L;
    static final int TCP_INFO = 6 << 16 | 11;

    private static final int IP_TOS = 1;
    private static final int IP_TTL = 2;
    private static final int SO_SNDBUF = 1 << 16 | 7;
    private static final int SO_RCVBUF = 1 << 16 | 8;
    private static final int SO_KEEPALIVE = 1 << 16 | 9;
    private static final int TCP_NODELAY = 6 << 16 | 1;
    private static final int TCP_MAXSEG = 6 << 16 | 2;
    private static final int TCP_KEEPIDLE = 6 << 16 | 4;
    private static final int TCP_KEEPINTVL = 6 << 16 | 5;
    private static final int TCP_KEEPCNT = 6 << 16 | 6;
    private static final int TCP_USER_TIMEOUT = 6 << 16 | 18;

    private static final int SMALLEST = 2 << 10;
    private static final int LARGEST = 256 << 10;
    private static final int DEFAULT_MSS = 536;
    private static final long MICROSECOND = 1000;
    private static final long MILLISECOND = 1_000_000;
    private static final int LONGEST = 32767;
    private static final int INFO_WORDS = 8;

    private TcpConfig config = TcpConfig.DEFAULT;
    private KeepAlive probes = KeepAlive.ON;
    /** Of its packets; kept, but the stack does not heed it. */
    private SendOptions packets = SendOptions.DEFAULT;

    StreamOptions copy() {
        StreamOptions copy = new StreamOptions();
        copy.config = config;
        copy.probes = probes;
        copy.packets = packets;
        return copy;
    }

    TcpConfig config() {
        return config;
    }

    int sendBuffer() {
        return config.sendBuffer();
    }

    void set(int option, int value) throws Refused {
        switch (option) {
            case IP_TOS, IP_TTL -> packets = PacketOptions.set(packets, option, value);
            case SO_SNDBUF -> config = config.sendBuffer(buffer(value));
            case SO_RCVBUF -> config = config.receiveBuffer(buffer(value));
            case SO_KEEPALIVE -> config = config.keepAlive(value == 0 ? KeepAlive.OFF : probes);
            case TCP_NODELAY -> config =
                    value == 0 ? config.without(TcpFeature.NO_DELAY) : config.with(TcpFeature.NO_DELAY);
            case TCP_KEEPIDLE -> probe(new KeepAlive(seconds(value), probes.interval(), probes.probes()));
            case TCP_KEEPINTVL -> probe(new KeepAlive(probes.idle(), seconds(value), probes.probes()));
            case TCP_KEEPCNT -> probe(new KeepAlive(probes.idle(), probes.interval(), number(value, 127)));
            case TCP_USER_TIMEOUT -> config =
                    config.userTimeout(value <= 0 ? TcpConfig.DEFAULT.userTimeout() : value * MILLISECOND);
            default -> throw Errno.ENOPROTOOPT.refused();
        }
    }

    int get(int option, Optional<TcpInfo> info) throws Refused {
        return switch (option) {
            case IP_TOS, IP_TTL -> PacketOptions.get(packets, option);
            case SO_SNDBUF -> config.sendBuffer();
            case SO_RCVBUF -> config.receiveBuffer();
            case SO_KEEPALIVE -> config.keepAlive() == KeepAlive.OFF ? 0 : 1;
            case TCP_NODELAY -> config.features().contains(TcpFeature.NO_DELAY) ? 1 : 0;
            case TCP_MAXSEG -> info.map(TcpInfo::mss).filter(mss -> mss > 0).orElse(DEFAULT_MSS);
            case TCP_KEEPIDLE -> (int) (probes.idle() / SECOND);
            case TCP_KEEPINTVL -> (int) (probes.interval() / SECOND);
            case TCP_KEEPCNT -> probes.probes();
            case TCP_USER_TIMEOUT -> config.userTimeout() == TcpConfig.DEFAULT.userTimeout()
                    ? 0
                    : (int) (config.userTimeout() / MILLISECOND);
            default -> throw Errno.ENOPROTOOPT.refused();
        };
    }

    private void probe(KeepAlive wanted) {
        if (config.keepAlive() != KeepAlive.OFF) {
            config = config.keepAlive(wanted);
        }
        probes = wanted;
    }

    private static int buffer(int octets) {
        return Math.max(SMALLEST, Math.min(octets, LARGEST));
    }

    private static long seconds(int value) throws Refused {
        return number(value, LONGEST) * SECOND;
    }

    private static int number(int value, int most) throws Refused {
        if (value < 1 || value > most) {
            throw Errno.EINVAL.refused();
        }
        return value;
    }

    /** What TCP_INFO gives. */
    static byte[] info(TcpInfo info, int state) {
        int mss = Math.max(1, info.mss());
        ByteBuffer words = ByteBuffer.allocate(4 * INFO_WORDS).order(ByteOrder.LITTLE_ENDIAN);
        words.putInt(state)
                .putInt((int) (info.srtt() / MICROSECOND))
                .putInt((int) (info.rttvar() / MICROSECOND))
                .putInt((int) (info.rto() / MICROSECOND))
                .putInt(info.cwnd() / mss)
                .putInt(info.ssthresh() / mss)
                .putInt(info.mss())
                .putInt((int) info.retransmissions());
        return words.array();
    }
}
