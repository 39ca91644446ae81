// SPDX-License-Identifier: MIT
package picorn.stm32f4.ethernet;

/** The transmit checksum offload (RM0090, 33.5.4 "Transmit checksum offload", and CIC in 33.6.7). */
final class ChecksumInsertion {
    private static final int HEADER_ONLY = 1;
    private static final int HEADER_AND_PAYLOAD = 2;

    private final IpDatagram datagram = new IpDatagram();

    /**
     * Inserts what CIC asks for.
     *
     * @param cic 0 nothing, 1 the IPv4 header, 2 the payload over a pseudo-header sum that software left in the field, 3 all
     * @param wholeFrameBuffered whether the FIFO holds the whole frame; the payload is left alone otherwise
     * @return IHE and IPE of TDES0
     */
    int insert(byte[] frame, int length, int cic, boolean wholeFrameBuffered) {
        if (cic == 0) {
            return 0;
        }
        datagram.locate(frame, length);
        int errors = datagram.hasHeaderError() ? TransmitDescriptor.IHE : 0;
        if (datagram.isIpv4()) {
            insertHeader(length);
        }
        if (cic == HEADER_ONLY || datagram.protocol() == IpDatagram.BYPASSED) {
            return errors;
        }
        return errors | (wholeFrameBuffered ? insertPayload(cic) : TransmitDescriptor.IPE);
    }

    /** Even a header with an error gets a checksum, as far as there is one. */
    private void insertHeader(int length) {
        int field = datagram.header() + 10;
        int size = Math.min(datagram.headerLength(), length - datagram.header());
        if (size >= 12) {
            datagram.put16(field, 0);
            datagram.put16(field, ~IpDatagram.fold(datagram.sum(datagram.header(), size)));
        }
    }

    private int insertPayload(int cic) {
        int present = datagram.payloadPresent();
        int error = present < datagram.payloadLength() ? TransmitDescriptor.IPE : 0;
        if (!datagram.hasChecksumField()) {
            return TransmitDescriptor.IPE;
        }
        int field = datagram.checksumField();
        int sum = 0;
        if (cic != HEADER_AND_PAYLOAD && datagram.protocol() != IpDatagram.ICMP) {
            datagram.put16(field, 0);
            sum = datagram.pseudoHeaderSum();
        }
        int checksum = ~IpDatagram.fold(sum + datagram.sum(datagram.payload(), present)) & 0xFFFF;
        boolean wouldMeanNone = checksum == 0 && datagram.protocol() == IpDatagram.UDP;
        datagram.put16(field, wouldMeanNone ? 0xFFFF : checksum);
        return error;
    }
}
