// SPDX-License-Identifier: MIT
package picorn.emulator.semihosting;

/** The file ":semihosting-features" (Semihosting for AArch32 and AArch64, "Semihosting extensions"). */
final class FeaturesHandle implements Handle {
    /** SHFB, then feature byte 0: SH_EXT_EXIT_EXTENDED. */
    private static final byte[] CONTENTS = {'S', 'H', 'F', 'B', 1};

    private int position;

    /** Read up to {@code position} so far; one that is outside is taken as the end. */
    FeaturesHandle(int position) {
        this.position = Math.max(0, Math.min(position, CONTENTS.length));
    }

    @Override
    public int read(byte[] octets, int length) {
        int count = Math.min(length, CONTENTS.length - position);
        System.arraycopy(CONTENTS, position, octets, 0, count);
        position += count;
        return count;
    }

    @Override
    public void seek(long newPosition) throws Refusal {
        if (newPosition > CONTENTS.length) {
            throw Errno.EINVAL.refusal();
        }
        position = (int) newPosition;
    }

    @Override
    public long length() {
        return CONTENTS.length;
    }

    int position() {
        return position;
    }

    @Override
    public Kind kind() {
        return Kind.FEATURES;
    }
}
