// SPDX-License-Identifier: MIT
package picorn.netstack.address;

/** Source and destination of a packet as bits; changeable, so that one serves all packets without allocation. */
public final class AddressPair {
    private long sourceHigh;
    private long sourceLow;
    private long destinationHigh;
    private long destinationLow;

    /**
     * Takes two IPv4 addresses.
     *
     * @param source bits of the source
     * @param destination bits of the destination
     * @return this
     */
    public AddressPair setIpv4(int source, int destination) {
        sourceHigh = 0;
        sourceLow = Ipv4Address.low(source);
        destinationHigh = 0;
        destinationLow = Ipv4Address.low(destination);
        return this;
    }

    /**
     * Takes a source.
     *
     * @param high upper half of its bits
     * @param low lower half
     * @return this
     */
    public AddressPair source(long high, long low) {
        sourceHigh = high;
        sourceLow = low;
        return this;
    }

    /**
     * Takes the unspecified source: the stack is to choose one.
     *
     * @return this
     */
    public AddressPair anySource() {
        return source(Ipv4Address.UNSPECIFIED.high(), Ipv4Address.UNSPECIFIED.low());
    }

    /**
     * Takes a destination.
     *
     * @param high upper half of its bits
     * @param low lower half
     * @return this
     */
    public AddressPair destination(long high, long low) {
        destinationHigh = high;
        destinationLow = low;
        return this;
    }

    /**
     * Takes the addresses of another pair.
     *
     * @param other the other
     * @return this
     */
    public AddressPair set(AddressPair other) {
        return source(other.sourceHigh, other.sourceLow).destination(other.destinationHigh, other.destinationLow);
    }

    /**
     * Takes the addresses of another pair, source for destination: those of an answer.
     *
     * @param other the other
     * @return this
     */
    public AddressPair answering(AddressPair other) {
        return source(other.destinationHigh, other.destinationLow).destination(other.sourceHigh, other.sourceLow);
    }

    /**
     * Whether both addresses are those of another pair.
     *
     * @param other the other
     * @return true if they are
     */
    public boolean isEqual(AddressPair other) {
        return destinationLow == other.destinationLow
                && sourceLow == other.sourceLow
                && destinationHigh == other.destinationHigh
                && sourceHigh == other.sourceHigh;
    }

    /**
     * Whether the destination, and so the packet, is of IPv4.
     *
     * @return true if it is
     */
    public boolean isIpv4() {
        return IpAddress.isIpv4(destinationHigh, destinationLow);
    }

    /**
     * The source, when it is one of IPv4.
     *
     * @return its bits
     */
    public int sourceIpv4() {
        return (int) sourceLow;
    }

    /**
     * The destination, when it is one of IPv4.
     *
     * @return its bits
     */
    public int destinationIpv4() {
        return (int) destinationLow;
    }

    /**
     * The source's upper half.
     *
     * @return its bits
     */
    public long sourceHigh() {
        return sourceHigh;
    }

    /**
     * The source's lower half.
     *
     * @return its bits
     */
    public long sourceLow() {
        return sourceLow;
    }

    /**
     * The destination's upper half.
     *
     * @return its bits
     */
    public long destinationHigh() {
        return destinationHigh;
    }

    /**
     * The destination's lower half.
     *
     * @return its bits
     */
    public long destinationLow() {
        return destinationLow;
    }

    /**
     * The source as a value.
     *
     * @return a new object
     */
    public IpAddress source() {
        return IpAddress.of(sourceHigh, sourceLow);
    }

    /**
     * The destination as a value.
     *
     * @return a new object
     */
    public IpAddress destination() {
        return IpAddress.of(destinationHigh, destinationLow);
    }

    /**
     * The sum of the pseudo-header that UDP and TCP put before themselves (RFC 768; RFC 8200, section 8.1). Both versions'
     * are the same sum of the same words: the {@code 0xFFFF} of a mapped address is zero in one's complement.
     *
     * @param protocol the protocol's number
     * @param length octets of header and data
     * @return a sum, not folded
     */
    public long pseudoHeaderSum(int protocol, int length) {
        return words(sourceHigh)
                + words(sourceLow)
                + words(destinationHigh)
                + words(destinationLow)
                + protocol
                + length;
    }

    private static long words(long bits) {
        return (bits >>> 32) + (bits & 0xFFFF_FFFFL);
    }
}
