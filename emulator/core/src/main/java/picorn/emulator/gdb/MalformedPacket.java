// SPDX-License-Identifier: MIT
package picorn.emulator.gdb;

/** A packet does not say what its command needs; answered with an error. One object, without a stack trace. */
final class MalformedPacket extends Exception {
    private static final long serialVersionUID = 1L;

    static final MalformedPacket INSTANCE = new MalformedPacket();

    private MalformedPacket() {
        super("malformed packet", null, false, false);
    }
}
