// SPDX-License-Identifier: MIT
package picorn.netstack.ip;

import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;
import picorn.netstack.octets.U32;
import picorn.netstack.octets.U8;

/**
 * Header options (RFC 791, section 3.1; RFC 1122, section 3.2.1.8; RFC 1812, section 5.3.13): source routes are refused, routes
 * and times recorded, router alerts (RFC 2113) let through, all else skipped.
 */
public final class OptionProcessor implements OptionHandling {
    private static final int END = 0;
    private static final int NO_OPERATION = 1;
    private static final int RECORD_ROUTE = 7;
    private static final int TIMESTAMP = 68;
    private static final int LOOSE_SOURCE_ROUTE = 131;
    private static final int STRICT_SOURCE_ROUTE = 137;
    private static final int ROUTE_DATA = 3;
    private static final int TIMES_DATA = 4;
    private static final int TIMES_ONLY = 0;
    private static final int TIMES_AND_ADDRESSES = 1;
    private static final int TIMES_OF_ADDRESSES = 3;
    private static final int NOT_UNIVERSAL = 1 << 31;
    private static final int DAY = 86_400_000;

    private final Ipv4 ipv4;
    private final Octets options = new Octets();
    private final byte[] room = new byte[Ipv4Header.LARGEST_SIZE - Ipv4Fields.SIZE];
    private final Octets answer = new Octets();

    private OptionProcessor(Ipv4 ipv4) {
        this.ipv4 = ipv4;
    }

    /**
     * Lets a stack heed header options.
     *
     * @param ipv4 the stack's
     * @return the module
     */
    public static OptionProcessor join(Ipv4 ipv4) {
        OptionProcessor module = new OptionProcessor(ipv4);
        ipv4.input().options(module);
        return module;
    }

    @Override
    public void check(IpPacket packet) throws Malformed {
        HeaderOptions.of(packet, options);
        for (int at = 0; at < options.length() && options.octet(at) != END; at += sizeAt(options, at)) {
            int wrong = wrongAt(options, at);
            if (wrong >= 0) {
                ipv4.errors().tell(packet, ErrorKind.BAD_HEADER, Ipv4Fields.SIZE + wrong);
                throw OptionDrop.BAD_OPTION.malformed();
            }
            int type = options.octet(at);
            if (type == LOOSE_SOURCE_ROUTE || type == STRICT_SOURCE_ROUTE) {
                ipv4.errors().tell(packet, ErrorKind.SOURCE_ROUTE_FAILED, 0);
                throw OptionDrop.SOURCE_ROUTE.malformed();
            }
        }
    }

    private static int sizeAt(Octets in, int at) {
        return in.octet(at) == NO_OPERATION ? 1 : in.octet(at + 1);
    }

    /** The octet that is wrong in an option, or -1. */
    private static int wrongAt(Octets in, int at) {
        int type = in.octet(at);
        if (type == NO_OPERATION) {
            return -1;
        }
        if (at + 1 == in.length() || in.octet(at + 1) < 2 || at + in.octet(at + 1) > in.length()) {
            return Math.min(at + 1, in.length() - 1);
        }
        int least = type == RECORD_ROUTE ? ROUTE_DATA : type == TIMESTAMP ? TIMES_DATA : 0;
        if (in.octet(at + 1) < least) {
            return at + 1;
        }
        // The pointer counts from 1 and stands behind the fixed part.
        return least > 0 && in.octet(at + 2) <= least ? at + 2 : -1;
    }

    @Override
    public Octets answer(IpPacket packet) {
        if (!packet.hasOptions()) {
            return SendOptions.DEFAULT.headerOptions();
        }
        HeaderOptions.of(packet, options);
        int length = 0;
        for (int at = 0; at < options.length() && options.octet(at) != END; at += sizeAt(options, at)) {
            int type = options.octet(at);
            if (type == RECORD_ROUTE || type == TIMESTAMP) {
                System.arraycopy(options.array(), options.offset() + at, room, length, sizeAt(options, at));
                length += sizeAt(options, at);
            }
        }
        while (length % 4 != 0) {
            room[length++] = END;
        }
        answer.aim(room, 0, length);
        enter(answer, packet.addresses().destinationIpv4());
        return answer;
    }

    @Override
    public void forward(Octets packet, NetworkInterface out) {
        options.aim(packet, Ipv4Fields.SIZE, Ipv4Fields.headerLength(packet) - Ipv4Fields.SIZE);
        enter(options, out.ipv4().address().bits());
    }

    private void enter(Octets in, int address) {
        for (int at = 0; at < in.length() && in.octet(at) != END; at += sizeAt(in, at)) {
            if (in.octet(at) == RECORD_ROUTE) {
                append(in, at, address);
            } else if (in.octet(at) == TIMESTAMP) {
                enterTime(in, at, address);
            }
        }
    }

    private void enterTime(Octets in, int at, int address) {
        int time = (int) (ipv4.context().now() / 1_000_000 % DAY) | NOT_UNIVERSAL;
        switch (in.octet(at + 3) & 0xF) {
            case TIMES_ONLY -> countIfFull(in, at, append(in, at, time));
            case TIMES_AND_ADDRESSES -> {
                boolean fits = in.octet(at + 2) + 7 <= in.octet(at + 1);
                countIfFull(in, at, fits && append(in, at, address) && append(in, at, time));
            }
            case TIMES_OF_ADDRESSES -> {
                int pointer = in.octet(at + 2);
                boolean fits = pointer + 7 <= in.octet(at + 1);
                if (fits && ipv4.isOwn(U32.at(at + pointer - 1).get(in))) {
                    U8.at(at + 2).set(in, pointer + 4);
                    append(in, at, time);
                }
            }
            default -> {}
        }
    }

    /** Counts this host among those that have found no room. */
    private static void countIfFull(Octets in, int at, boolean entered) {
        int flags = in.octet(at + 3);
        if (!entered && flags >>> 4 < 15) {
            U8.at(at + 3).set(in, flags + 16);
        }
    }

    /** Puts four octets where the pointer says, if there is room. */
    private static boolean append(Octets in, int at, int value) {
        int pointer = in.octet(at + 2);
        if (pointer + 3 > in.octet(at + 1)) {
            return false;
        }
        U32.at(at + pointer - 1).set(in, value);
        U8.at(at + 2).set(in, pointer + 4);
        return true;
    }
}
