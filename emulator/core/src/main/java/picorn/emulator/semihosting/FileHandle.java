// SPDX-License-Identifier: MIT
package picorn.emulator.semihosting;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** An open file of the host. It grows to a cap and no further. */
final class FileHandle implements Handle {
    private final FileChannel channel;
    private final OpenMode mode;
    private final int largest;

    FileHandle(FileChannel channel, OpenMode mode, int largest) {
        this.channel = channel;
        this.mode = mode;
        this.largest = largest;
    }

    @Override
    public int write(byte[] octets, int length) throws Refusal, IOException {
        if (!mode.writes()) {
            throw Errno.EBADF.refusal();
        }
        if (mode.appends()) {
            channel.position(channel.size());
        }
        int room = (int) Math.max(0, Math.min(length, largest - channel.position()));
        ByteBuffer from = ByteBuffer.wrap(octets, 0, room);
        while (from.hasRemaining()) {
            channel.write(from);
        }
        return room;
    }

    @Override
    public int read(byte[] octets, int length) throws Refusal, IOException {
        if (!mode.reads()) {
            throw Errno.EBADF.refusal();
        }
        return Math.max(0, channel.read(ByteBuffer.wrap(octets, 0, length)));
    }

    @Override
    public void seek(long position) throws Refusal, IOException {
        if (position > Math.max(largest, channel.size())) {
            throw Errno.EFBIG.refusal();
        }
        channel.position(position);
    }

    @Override
    public long length() throws IOException {
        return channel.size();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    @Override
    public Kind kind() {
        return Kind.FILE;
    }
}
