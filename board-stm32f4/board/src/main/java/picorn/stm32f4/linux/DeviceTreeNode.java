// SPDX-License-Identifier: MIT
package picorn.stm32f4.linux;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A node of a {@link DeviceTree}: properties and children, in the order in which they came (Devicetree Specification 0.4, 2.2). */
public final class DeviceTreeNode {
    private final String name;
    private final Map<String, byte[]> properties = new LinkedHashMap<>();
    private final List<DeviceTreeNode> children = new ArrayList<>();

    DeviceTreeNode(String name) {
        this.name = name;
    }

    /** Its name with its unit address, such as {@code memory@0}. */
    public String name() {
        return name;
    }

    /** Its properties' values by name. */
    public Map<String, byte[]> properties() {
        return properties;
    }

    /** The nodes within it. */
    public List<DeviceTreeNode> children() {
        return children;
    }

    /** The node of this name within it; a new one if there is none. */
    public DeviceTreeNode child(String wanted) {
        return find(wanted).orElseGet(() -> {
            DeviceTreeNode added = new DeviceTreeNode(wanted);
            children.add(added);
            return added;
        });
    }

    private Optional<DeviceTreeNode> find(String wanted) {
        return children.stream().filter(child -> child.name.equals(wanted)).findFirst();
    }

    /** The first node within it whose property {@code device_type} is {@code type}. */
    public Optional<DeviceTreeNode> childOfType(String type) {
        byte[] wanted = terminated(type);
        return children.stream()
                .filter(child -> Arrays.equals(child.properties.get("device_type"), wanted))
                .findFirst();
    }

    /** The text of a property, if it is there. */
    public Optional<String> text(String property) {
        return Optional.ofNullable(properties.get(property))
                .map(value -> new String(value, 0, Math.max(0, value.length - 1), StandardCharsets.ISO_8859_1));
    }

    /** Sets a property to octets. */
    public void set(String property, byte[] value) {
        properties.put(property, value);
    }

    /** Sets a property to a text. */
    public void set(String property, String text) {
        properties.put(property, terminated(text));
    }

    /** Sets a property to cells of 32 bits. */
    public void set(String property, int... cells) {
        ByteBuffer value = ByteBuffer.allocate(4 * cells.length);
        for (int cell : cells) {
            value.putInt(cell);
        }
        properties.put(property, value.array());
    }

    private static byte[] terminated(String text) {
        byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
        return Arrays.copyOf(octets, octets.length + 1);
    }
}
