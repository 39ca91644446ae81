// SPDX-License-Identifier: MIT
package picorn.stm32f4.ethernet;

/** What the receive DMA writes into a descriptor when it gives it back (RM0090, 33.6.8, "RDES0" and the enhanced format). */
final class ReceiveWriteBack {
    private static final int EXTENDED_STATUS = 4;
    private static final int ENHANCED_TIME = 6;
    private static final int NORMAL_TIME = 2;

    private final EthernetDma dma;
    private final EthernetMac mac;
    private final PtpClock ptp;

    ReceiveWriteBack(EthernetDma dma, EthernetMac mac, PtpClock ptp) {
        this.dma = dma;
        this.mac = mac;
        this.ptp = ptp;
    }

    /** Closes a descriptor with {@code status} in RDES0; false on a bus error. */
    boolean close(ReceiveDescriptor descriptor, int status) {
        return descriptor.store(descriptor.address(), 0, status);
    }

    /** Closes the last descriptor of the oldest frame of {@code fifo}, whose own status is added to {@code status}. */
    boolean closeLast(ReceiveDescriptor descriptor, ReceiveFifo fifo, int status) {
        int ofFrame = fifo.status();
        if (!dma.enhanced()) {
            int type = ofFrame & ReceiveDescriptor.FT;
            int checked = ofFrame & ~ReceiveDescriptor.FT | checksumStatus(type, fifo.verdict());
            return stamp(descriptor, fifo, NORMAL_TIME) && close(descriptor, status | checked);
        }
        boolean stamped = ptp.stampsReceived();
        boolean extended = stamped || mac.ipco.isSet();
        int available = (stamped ? ReceiveDescriptor.TSV : 0) | (extended ? ReceiveDescriptor.ESA : 0);
        return stamp(descriptor, fifo, ENHANCED_TIME)
                && (!extended || descriptor.store(descriptor.address(), EXTENDED_STATUS, fifo.verdict()))
                && close(descriptor, status | ofFrame | available);
    }

    private boolean stamp(ReceiveDescriptor descriptor, ReceiveFifo fifo, int word) {
        return !ptp.stampsReceived()
                || descriptor.store(descriptor.address(), word, fifo.subseconds())
                        && descriptor.store(descriptor.address(), word + 1, fifo.seconds());
    }

    /** Bits 7, 5 and 0 in the normal format, which together tell the verdict of the checksum offload (RM0090, table 194). */
    private static int checksumStatus(int type, int verdict) {
        if (verdict == 0 || type == 0) {
            return type;
        }
        if ((verdict & ReceiveDescriptor.IPCB) != 0) {
            return ReceiveDescriptor.IPHCE | ReceiveDescriptor.PCE;
        }
        boolean headerError = (verdict & ReceiveDescriptor.IPHE) != 0;
        if (!headerError && (verdict & ReceiveDescriptor.IPPT) == 0) {
            return ReceiveDescriptor.PCE;
        }
        boolean payloadError = (verdict & ReceiveDescriptor.IPPE) != 0;
        return ReceiveDescriptor.FT
                | (headerError ? ReceiveDescriptor.IPHCE : 0)
                | (payloadError ? ReceiveDescriptor.PCE : 0);
    }
}
