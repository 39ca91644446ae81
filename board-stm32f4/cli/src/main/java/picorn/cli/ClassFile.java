// SPDX-License-Identifier: MIT
package picorn.cli;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A Java class file (Java Virtual Machine Specification 17, chapter 4), of which only the amount of code is of interest. */
final class ClassFile {
    private static final int BEFORE_CONSTANTS = 8;
    private static final int BETWEEN_CONSTANTS_AND_INTERFACES = 6;
    private static final int BETWEEN_MAX_STACK_AND_CODE = 4;

    private final DataInputStream in;
    private String[] strings = {};

    private ClassFile(byte[] octets) {
        in = new DataInputStream(new ByteArrayInputStream(octets));
    }

    /** The octets of bytecode in a class file, the sum of its {@code code_length}s. */
    static long codeLength(byte[] octets) {
        try {
            return new ClassFile(octets).codeLength();
        } catch (IOException e) {
            throw new UncheckedIOException("a class that was loaded could not be read", e);
        }
    }

    private long codeLength() throws IOException {
        in.skipNBytes(BEFORE_CONSTANTS);
        readConstants();
        in.skipNBytes(BETWEEN_CONSTANTS_AND_INTERFACES);
        in.skipNBytes(2L * in.readUnsignedShort());
        members(); // fields have no code
        return members();
    }

    private void readConstants() throws IOException {
        int count = in.readUnsignedShort();
        strings = new String[count];
        for (int i = 1; i < count; i++) {
            i += readConstant(i);
        }
    }

    /** Reads a constant; the result is how many numbers more than one it takes. */
    private int readConstant(int number) throws IOException {
        int tag = in.readUnsignedByte();
        switch (tag) {
            case 1 -> strings[number] = in.readUTF();
            case 3, 4, 9, 10, 11, 12, 17, 18 -> in.skipNBytes(4);
            case 5, 6 -> in.skipNBytes(8);
            case 15 -> in.skipNBytes(3);
            case 7, 8, 16, 19, 20 -> in.skipNBytes(2);
            default -> throw new IOException("unknown constant " + tag);
        }
        return tag == 5 || tag == 6 ? 1 : 0;
    }

    private long members() throws IOException {
        long code = 0;
        for (int members = in.readUnsignedShort(); members > 0; members--) {
            in.skipNBytes(6);
            for (int attributes = in.readUnsignedShort(); attributes > 0; attributes--) {
                code += attribute();
            }
        }
        return code;
    }

    /** Reads an attribute; the result is the octets of its code, if it is one of code. */
    private long attribute() throws IOException {
        String name = strings[in.readUnsignedShort()];
        long length = in.readInt();
        if (!name.equals("Code")) {
            in.skipNBytes(length);
            return 0;
        }
        in.skipNBytes(BETWEEN_MAX_STACK_AND_CODE);
        long code = in.readInt();
        in.skipNBytes(length - BETWEEN_MAX_STACK_AND_CODE - 4);
        return code;
    }
}
