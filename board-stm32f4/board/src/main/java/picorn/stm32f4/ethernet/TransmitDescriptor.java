// SPDX-License-Identifier: MIT
package picorn.stm32f4.ethernet;

import picorn.emulator.bus.Dma;

/** TDES0 to TDES3 (RM0090, 33.6.7). */
final class TransmitDescriptor extends Descriptor {
    static final int IC = 1 << 30;
    static final int LS = 1 << 29;
    static final int FS = 1 << 28;
    static final int DC = 1 << 27;
    static final int DP = 1 << 26;
    static final int TTSE = 1 << 25;
    static final int CIC_LSB = 22;
    static final int CIC = 3 << CIC_LSB;
    static final int TER = 1 << 21;
    static final int TCH = 1 << 20;
    static final int TTSS = 1 << 17;
    static final int IHE = 1 << 16;
    static final int ES = 1 << 15;
    static final int JT = 1 << 14;
    static final int FF = 1 << 13;
    static final int IPE = 1 << 12;
    static final int VF = 1 << 7;

    /** What software wrote and the DMA leaves alone at write-back. */
    static final int CONTROL = IC | LS | FS | DC | DP | TTSE | CIC | TER | TCH;

    /** What ES sums up, of that which occurs here. */
    static final int ERRORS = IHE | JT | FF | IPE;

    TransmitDescriptor(Dma dma) {
        super(dma);
    }

    boolean has(int bit) {
        return (word(0) & bit) != 0;
    }

    @Override
    boolean chained() {
        return has(TCH);
    }

    @Override
    boolean endsRing() {
        return has(TER);
    }
}
