// SPDX-License-Identifier: MIT
package picorn.stm32f4.ethernet;

import java.util.zip.CRC32;

/** Decides by its addresses whether a frame is received (RM0090, 33.5.3, tables of destination and source address filtering). */
final class AddressFilter {
    private static final int DESTINATION = 0;
    private static final int SOURCE = 6;
    private static final int ADDRESS_SIZE = 6;
    private static final int GROUP = 1;

    private final EthernetMac mac;
    private final CRC32 crc = new CRC32();

    AddressFilter(EthernetMac mac) {
        this.mac = mac;
    }

    boolean passesDestination(byte[] frame) {
        if (mac.pm.isSet()) {
            return true;
        }
        if ((frame[DESTINATION] & GROUP) == 0) {
            return passes(frame, mac.hu.isSet());
        }
        if (isBroadcast(frame)) {
            return !mac.bfd.isSet();
        }
        return mac.pam.isSet() || passes(frame, mac.hm.isSet());
    }

    private boolean passes(byte[] frame, boolean hashed) {
        boolean match = hashed ? matchesHash(frame) || mac.hpf.isSet() && matchesAddress(frame) : matchesAddress(frame);
        return match != mac.daif.isSet();
    }

    static boolean isBroadcast(byte[] frame) {
        for (int i = 0; i < ADDRESS_SIZE; i++) {
            if (frame[DESTINATION + i] != -1) {
                return false;
            }
        }
        return true;
    }

    static boolean isUnicast(byte[] frame) {
        return (frame[DESTINATION] & GROUP) == 0;
    }

    private boolean matchesAddress(byte[] frame) {
        for (MacAddressPair address : mac.addresses) {
            if (address.comparesDestination() && address.matches(frame, DESTINATION)) {
                return true;
            }
        }
        return false;
    }

    private boolean matchesHash(byte[] frame) {
        int hash = hash(frame);
        int table = hash < 32 ? mac.machtlr.get() : mac.machthr.get();
        return (table >>> (hash & 31) & 1) != 0;
    }

    /** The upper 6 bits of the bit-reversed CRC-32 of the destination address (MACHTHR in RM0090, 33.8.1). */
    int hash(byte[] frame) {
        crc.reset();
        crc.update(frame, DESTINATION, ADDRESS_SIZE);
        return Integer.reverse((int) crc.getValue()) >>> 26;
    }

    /** Whether frames that fail the source filter are dropped, not only marked. */
    boolean dropsBySource() {
        return mac.saf.isSet() && !mac.pm.isSet();
    }

    /** While no register is compared with source addresses, there is nothing to fail unless SAF demands a match. */
    boolean passesSource(byte[] frame) {
        if (mac.pm.isSet()) {
            return true;
        }
        boolean compared = mac.saf.isSet();
        boolean match = false;
        for (MacAddressPair address : mac.addresses) {
            if (address.comparesSource()) {
                compared = true;
                match |= address.matches(frame, SOURCE);
            }
        }
        return !compared || match != mac.saif.isSet();
    }
}
