// SPDX-License-Identifier: MIT
package picorn.stm32f4.ethernet;

import java.util.Arrays;
import picorn.emulator.state.Saved;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;

/** Power management of the MAC: in power-down it drops everything until a frame wakes it (RM0090, 33.5.6). */
final class WakeUp implements Saved {
    private static final int FILTERS = 4;
    private static final int COMMANDS = 4;
    private static final int OFFSETS = 5;
    private static final int CRCS = 6;
    private static final int WORDS = 8;
    private static final int SYNCHRONIZATION = 6;
    private static final int REPETITIONS = 16;
    private static final int ADDRESS_SIZE = 6;
    private static final int CRC16 = 0xA001;

    private final EthernetMac mac;
    private final int[] filter = new int[WORDS];
    private int pointer;

    WakeUp(EthernetMac mac) {
        this.mac = mac;
    }

    /** MACRWUFFR shows one word of eight, the next one with each access. */
    int filterWord() {
        return filter[pointer];
    }

    void filterRead() {
        pointer = (pointer + 1) % WORDS;
    }

    void filterWritten(int value) {
        filter[pointer] = value;
        pointer = (pointer + 1) % WORDS;
    }

    /** MACPMTCSR was read: MPR and WFR fall. */
    void statusRead() {
        mac.mpr.clear();
        mac.wfr.clear();
        mac.interruptChanged();
    }

    void controlWritten() {
        if (mac.wffrpr.isSet()) {
            pointer = 0;
            mac.wffrpr.clear();
        }
    }

    boolean asleep() {
        return mac.pd.isSet();
    }

    /** Whether the frame, which passed the address filter, ends power-down. It is dropped all the same. */
    void consider(byte[] frame, int length) {
        boolean magic = mac.mpe.isSet() && isMagic(frame, length);
        boolean wanted = mac.wfe.isSet() && (matchesFilter(frame, length) || isGlobalUnicast(frame));
        mac.mpr.is(mac.mpr.isSet() || magic);
        mac.wfr.is(mac.wfr.isSet() || wanted);
        if (magic || wanted) {
            mac.pd.clear();
            mac.interruptChanged();
        }
    }

    private boolean isGlobalUnicast(byte[] frame) {
        return mac.gu.isSet() && AddressFilter.isUnicast(frame);
    }

    /** Six octets of ones, then the own address 16 times, anywhere. */
    private boolean isMagic(byte[] frame, int length) {
        int ones = 0;
        for (int at = 0; at + REPETITIONS * ADDRESS_SIZE <= length; at++) {
            if (ones >= SYNCHRONIZATION && repeatsAddress(frame, at)) {
                return true;
            }
            ones = frame[at] == -1 ? ones + 1 : 0;
        }
        return false;
    }

    private boolean repeatsAddress(byte[] frame, int at) {
        for (int i = 0; i < REPETITIONS * ADDRESS_SIZE; i++) {
            if (frame[at + i] != mac.addresses[0].octet(i % ADDRESS_SIZE)) {
                return false;
            }
        }
        return true;
    }

    private boolean matchesFilter(byte[] frame, int length) {
        for (int n = 0; n < FILTERS; n++) {
            int command = filter[COMMANDS] >>> 8 * n;
            boolean enabled = (command & 1) != 0;
            boolean multicast = (command & 8) != 0;
            if (enabled && multicast != AddressFilter.isUnicast(frame) && crc(n, frame, length) == expectedCrc(n)) {
                return true;
            }
        }
        return false;
    }

    private int expectedCrc(int n) {
        return filter[CRCS + n / 2] >>> 16 * (n % 2) & 0xFFFF;
    }

    /** CRC-16 over the octets that the filter's mask picks, from its offset on; -1 if the frame ends before. */
    private int crc(int n, byte[] frame, int length) {
        int offset = filter[OFFSETS] >>> 8 * n & 0xFF;
        int crc = 0xFFFF;
        for (int i = 0; i < 31; i++) {
            if ((filter[n] >>> i & 1) == 0) {
                continue;
            }
            if (offset + i >= length) {
                return -1;
            }
            crc = crc16(crc, frame[offset + i]);
        }
        return crc;
    }

    private static int crc16(int crc, byte octet) {
        int value = crc ^ octet & 0xFF;
        for (int bit = 0; bit < 8; bit++) {
            value = value >>> 1 ^ ((value & 1) != 0 ? CRC16 : 0);
        }
        return value;
    }

    void reset() {
        Arrays.fill(filter, 0);
        pointer = 0;
    }

    @Override
    public void save(StateWriter out) {
        out.int32s(filter);
        out.int32(pointer);
    }

    @Override
    public void load(StateReader in) {
        in.int32s(filter);
        pointer = Math.floorMod(in.int32(), WORDS);
    }
}
