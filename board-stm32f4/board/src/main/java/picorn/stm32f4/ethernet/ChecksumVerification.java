// SPDX-License-Identifier: MIT
package picorn.stm32f4.ethernet;

/** The receive checksum offload (RM0090, 33.5.5 "Receive checksum offload"); its verdict is in the form of RDES4. */
final class ChecksumVerification {
    private static final int VALID = 0xFFFF;

    private final IpDatagram datagram = new IpDatagram();

    /** Checks the first {@code length} octets of {@code frame}, without frame check sequence. */
    int verify(byte[] frame, int length) {
        datagram.locate(frame, length);
        if (!datagram.isIpv4() && !datagram.isIpv6()) {
            return ReceiveDescriptor.IPCB;
        }
        int version = datagram.isIpv4() ? ReceiveDescriptor.IPV4PR : ReceiveDescriptor.IPV6PR;
        if (!headerIsValid()) {
            return version | ReceiveDescriptor.IPHE;
        }
        return version | payloadStatus();
    }

    private boolean headerIsValid() {
        return !datagram.hasHeaderError()
                && (!datagram.isIpv4()
                        || IpDatagram.fold(datagram.sum(datagram.header(), datagram.headerLength())) == VALID);
    }

    private int payloadStatus() {
        int type =
                switch (datagram.protocol()) {
                    case IpDatagram.UDP -> ReceiveDescriptor.IPPT_UDP;
                    case IpDatagram.TCP -> ReceiveDescriptor.IPPT_TCP;
                    case IpDatagram.ICMP, IpDatagram.ICMPV6 -> ReceiveDescriptor.IPPT_ICMP;
                    default -> 0;
                };
        return type == 0 || payloadIsValid() ? type : type | ReceiveDescriptor.IPPE;
    }

    private boolean payloadIsValid() {
        int length = datagram.payloadLength();
        if (!datagram.hasChecksumField() || datagram.payloadPresent() < length) {
            return false;
        }
        if (datagram.protocol() == IpDatagram.UDP) {
            if (datagram.u16(datagram.payload() + 4) != length) {
                return false;
            }
            // RFC 768: over IPv4 the sender may have made none.
            if (datagram.isIpv4() && datagram.u16(datagram.checksumField()) == 0) {
                return true;
            }
        }
        return IpDatagram.fold(datagram.pseudoHeaderSum() + datagram.sum(datagram.payload(), length)) == VALID;
    }
}
