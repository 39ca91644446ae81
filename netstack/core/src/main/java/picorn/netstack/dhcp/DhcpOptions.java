// SPDX-License-Identifier: MIT
package picorn.netstack.dhcp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;
import picorn.netstack.octets.U16;
import picorn.netstack.octets.U32;
import picorn.netstack.octets.U8;

/** The options of a DHCP message (RFC 2132, section 2): code, length, value. */
public final class DhcpOptions {
    private static final int PAD = 0;
    private static final int END = 255;
    private static final U32 WHOLE = U32.at(0);

    private final Map<DhcpOption, byte[]> values = new EnumMap<>(DhcpOption.class);

    /**
     * Reads the options of an area and adds them; those of an area read before stay.
     *
     * @param area octets that hold options
     * @throws Malformed if an option runs over the end
     */
    void parse(Octets area) throws Malformed {
        int at = 0;
        while (at < area.length() && area.octet(at) != END) {
            if (area.octet(at) == PAD) {
                at++;
                continue;
            }
            at = parseOne(area, at);
        }
    }

    private int parseOne(Octets area, int at) throws Malformed {
        if (at + 2 > area.length()) {
            throw DhcpDrop.BAD_OPTION.malformed();
        }
        int length = area.octet(at + 1);
        int end = at + 2 + length;
        if (end > area.length()) {
            throw DhcpDrop.BAD_OPTION.malformed();
        }
        int code = area.octet(at);
        for (DhcpOption option : DhcpOption.values()) {
            if (option.code() == code) {
                values.putIfAbsent(
                        option, new Octets().aim(area, at + 2, length).toArray());
            }
        }
        return end;
    }

    /**
     * Writes the options and the end mark.
     *
     * @param area room for {@link #size()} octets
     */
    void emit(Octets area) {
        U8 next = U8.at(0);
        for (Map.Entry<DhcpOption, byte[]> option : values.entrySet()) {
            byte[] value = option.getValue();
            next.set(area, option.getKey().code());
            next.next().set(area, value.length);
            area.put(next.end() + 1, value, 0, value.length);
            next = U8.at(next.end() + 1 + value.length);
        }
        next.set(area, END);
    }

    int size() {
        return 1 + values.values().stream().mapToInt(value -> 2 + value.length).sum();
    }

    /**
     * Sets an option to octets.
     *
     * @param option which one
     * @param value at most 255 octets
     * @return this
     */
    public DhcpOptions put(DhcpOption option, byte[] value) {
        if (value.length > 255) {
            throw new IllegalArgumentException("a DHCP option has at most 255 octets, not " + value.length);
        }
        values.put(option, value.clone());
        return this;
    }

    /**
     * Sets an option to 32 bits.
     *
     * @param option which one
     * @param value a number of seconds, or an address
     * @return this
     */
    public DhcpOptions put(DhcpOption option, int value) {
        byte[] octets = new byte[4];
        WHOLE.set(Octets.over(octets), value);
        return put(option, octets);
    }

    /**
     * Sets an option to an address.
     *
     * @param option which one
     * @param address the address
     * @return this
     */
    public DhcpOptions put(DhcpOption option, Ipv4Address address) {
        return put(option, address.bits());
    }

    /**
     * The octets of an option.
     *
     * @param option which one
     * @return a copy of its value, nothing if it is absent
     */
    public Optional<byte[]> octets(DhcpOption option) {
        return Optional.ofNullable(values.get(option)).map(byte[]::clone);
    }

    /**
     * The address that an option holds.
     *
     * @param option which one
     * @return the first address, nothing if it is absent or shorter
     */
    public Optional<Ipv4Address> address(DhcpOption option) {
        byte[] value = values.get(option);
        return value == null || value.length < 4
                ? Optional.empty()
                : Optional.of(new Ipv4Address(WHOLE.get(Octets.over(value))));
    }

    /**
     * The addresses that an option holds.
     *
     * @param option which one
     * @return all of them, none if it is absent
     */
    public List<Ipv4Address> addresses(DhcpOption option) {
        Octets in = Octets.over(values.getOrDefault(option, new byte[0]));
        List<Ipv4Address> addresses = new ArrayList<>();
        for (U32 next = WHOLE; next.end() <= in.length(); next = next.next()) {
            addresses.add(new Ipv4Address(next.get(in)));
        }
        return addresses;
    }

    /**
     * The number that an option holds.
     *
     * @param option which one
     * @return 0 to 2^32 - 1, nothing if it is absent or has not 1, 2 or 4 octets
     */
    public OptionalLong number(DhcpOption option) {
        byte[] value = values.getOrDefault(option, new byte[0]);
        Octets in = Octets.over(value);
        return switch (value.length) {
            case 1 -> OptionalLong.of(U8.at(0).get(in));
            case 2 -> OptionalLong.of(U16.at(0).get(in));
            case 4 -> OptionalLong.of(WHOLE.get(in) & 0xFFFF_FFFFL);
            default -> OptionalLong.empty();
        };
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DhcpOptions that
                && values.keySet().equals(that.values.keySet())
                && values.keySet().stream().allMatch(key -> Arrays.equals(values.get(key), that.values.get(key)));
    }

    @Override
    public int hashCode() {
        return values.keySet().hashCode();
    }

    @Override
    public String toString() {
        return values.keySet().toString();
    }
}
