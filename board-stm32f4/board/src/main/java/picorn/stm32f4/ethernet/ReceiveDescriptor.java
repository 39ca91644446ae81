// SPDX-License-Identifier: MIT
package picorn.stm32f4.ethernet;

import picorn.emulator.bus.Dma;

/** RDES0 to RDES4 (RM0090, 33.6.8). */
final class ReceiveDescriptor extends Descriptor {
    static final int AFM = 1 << 30;
    static final int FL_LSB = 16;
    static final int FL_MAX = 0x3FFF;
    static final int ES = 1 << 15;
    static final int DE = 1 << 14;
    static final int SAF = 1 << 13;
    static final int LE = 1 << 12;
    static final int OE = 1 << 11;
    static final int VLAN = 1 << 10;
    static final int FS = 1 << 9;
    static final int LS = 1 << 8;

    /** In the normal format. */
    static final int IPHCE = 1 << 7;

    /** In the enhanced format. */
    static final int TSV = 1 << 7;

    static final int FT = 1 << 5;
    static final int RWT = 1 << 4;

    /** In the normal format. */
    static final int PCE = 1;

    /** In the enhanced format. */
    static final int ESA = 1;

    /** RDES1: no RS for a frame that ends here. */
    static final int DIC = 1 << 31;

    private static final int RER = 1 << 15;
    private static final int RCH = 1 << 14;

    /** RDES4. */
    static final int IPV6PR = 1 << 7;

    static final int IPV4PR = 1 << 6;
    static final int IPCB = 1 << 5;
    static final int IPPE = 1 << 4;
    static final int IPHE = 1 << 3;
    static final int IPPT = 7;
    static final int IPPT_UDP = 1;
    static final int IPPT_TCP = 2;
    static final int IPPT_ICMP = 3;

    ReceiveDescriptor(Dma dma) {
        super(dma);
    }

    boolean disablesInterrupt() {
        return (word(1) & DIC) != 0;
    }

    @Override
    boolean chained() {
        return (word(1) & RCH) != 0;
    }

    @Override
    boolean endsRing() {
        return (word(1) & RER) != 0;
    }
}
