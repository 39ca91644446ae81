// SPDX-License-Identifier: MIT
package picorn.netstack.host.flow;

import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.service.UserGateway;

/**
 * A port of this host that leads to one of the guest's.
 *
 * @param protocol what is forwarded
 * @param at where this host listens
 * @param guest the guest's address; if there is none, the one that DHCP gave last
 * @param port the guest's port, 1 to 65535
 */
public record Forward(Protocol protocol, InetSocketAddress at, Optional<Ipv4Address> guest, int port) {
    /** A transport. */
    public enum Protocol {
        /** Connections. */
        TCP,
        /** Datagrams; each peer appears to the guest as a port of the gateway's. */
        UDP
    }

    private static final Pattern TEXT = Pattern.compile(
            "(?<protocol>tcp|udp):(?:(?<host>[\\d.]+):)?(?<from>\\d{1,5})=(?<guest>[\\d.]+)?:(?<to>\\d{1,5})");

    /**
     * Reads one as users write it.
     *
     * @param text {@code tcp:127.0.0.1:8080=10.0.2.15:80}; both addresses may be left out: this host's is then 127.0.0.1, the
     *     guest's the one that DHCP gave last, 10.0.2.15 before that
     * @return the forward
     * @throws IllegalArgumentException if it cannot be read; the message says how it is written
     */
    public static Forward parse(String text) {
        Matcher found = TEXT.matcher(text);
        if (!found.matches()) {
            throw new IllegalArgumentException("'" + text
                    + "' is no forwarded port; write tcp:127.0.0.1:8080=:80, where the last is the guest's port");
        }
        Ipv4Address host = address(found.group("host"), "127.0.0.1");
        return new Forward(
                Protocol.valueOf(found.group("protocol").toUpperCase(Locale.ROOT)),
                new InetSocketAddress(host.toString(), port(found.group("from"), 0)),
                Optional.ofNullable(found.group("guest")).map(Ipv4Address::parse),
                port(found.group("to"), 1));
    }

    /**
     * Checks the guest's end.
     *
     * @throws IllegalArgumentException if it is not on the gateway's network
     */
    public Forward {
        if (guest.isPresent() && !isGuest(guest.get())) {
            throw new IllegalArgumentException(
                    guest.get() + " is no guest's address; take one of " + UserGateway.ADDRESS + " or leave it out");
        }
    }

    private static boolean isGuest(Ipv4Address address) {
        return UserGateway.ADDRESS.contains(address.bits()) && !address.equals(UserGateway.ADDRESS.address());
    }

    /** For the user. */
    @Override
    public String toString() {
        String where = guest.map(Ipv4Address::toString).orElse("the guest's port ");
        return "%s %s:%d leads to %s%s%d"
                .formatted(protocol, at.getHostString(), at.getPort(), where, guest.isPresent() ? ":" : "", port);
    }

    private static Ipv4Address address(String text, String preset) {
        return Ipv4Address.parse(Optional.ofNullable(text).orElse(preset));
    }

    private static int port(String text, int least) {
        int port = Integer.parseInt(text);
        if (port < least || port > 0xFFFF) {
            throw new IllegalArgumentException("a port is " + least + " to 65535, not " + text);
        }
        return port;
    }
}
