import Testing

@testable import Postgres

@Suite("Values on the wire")
struct BinaryEncodingTests {
    @Test(
        "A value has the server's binary form and type",
        arguments: [
            (PostgresValue.bool(true), "01", UInt32(16)), (.int16(-2), "fffe", 21),
            (.int32(0x0102_0304), "01020304", 23),
            (.int64(-1), "ffffffffffffffff", 20), (.bytes([0, 255]), "00ff", 17), (.bytes([]), "", 17),
            (.text("é"), "c3a9", 25), (.numeric(units: 25, scale: 1), "00020000000000010002" + "1388", 1700),
        ])
    func scalar(value: PostgresValue, hexadecimal: String, type: UInt32) throws {
        var bytes: [UInt8] = []
        #expect(try bytes.appendValue(value))
        #expect(hex(bytes) == hexadecimal)
        #expect(value.typeIdentifier == type)
    }

    @Test("NULL is no bytes of an unknown type")
    func null() throws {
        var bytes: [UInt8] = [7]
        #expect(try !bytes.appendValue(.null))
        #expect(bytes == [7])
        #expect(PostgresValue.null.typeIdentifier == 0)
    }

    @Test(
        "An array has one dimension from 1, or none when it is empty",
        arguments: [
            (PostgresValue.int16Array([]), "00000000" + "00000000" + "00000015"),
            (
                .int16Array([1, 2]),
                "00000001" + "00000000" + "00000015" + "00000002" + "00000001" + "000000020001" + "000000020002"
            ),
            (.boolArray([true]), "00000001" + "00000000" + "00000010" + "00000001" + "00000001" + "0000000101"),
            (
                .bytesArray([[9], []]),
                "00000001" + "00000000" + "00000011" + "00000002" + "00000001" + "0000000109" + "00000000"
            ),
            (
                .optionalTextArray(["a", nil]),
                "00000001" + "00000001" + "00000019" + "00000002" + "00000001" + "0000000161" + "ffffffff"
            ),
            (
                .numericArray(units: [1], scale: 0),
                "00000001" + "00000000" + "000006a4" + "00000001" + "00000001" + "0000000a" + "00010000000000000001"
            ),
        ])
    func array(value: PostgresValue, hexadecimal: String) throws {
        var bytes: [UInt8] = []
        #expect(try bytes.appendValue(value))
        #expect(hex(bytes) == hexadecimal)
    }
}
