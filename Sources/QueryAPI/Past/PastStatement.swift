/// Reads a wallet's events for a fold, in one row: `$4` the last offset that counts, `$5` how many events are read at
/// most, `$6` the offsets of which a fold of generation `$7` and chain `$8` is still at hand: for those no events are
/// read.
enum PastStatement {
    /// Columns that are added: number of events, offset of the last, end of what base holds of the partition, events.
    static let events = WalletStatement(
        name: "wallet_past",
        columns: "s.total, s.last_offset, s.next_offset, e.events",
        joins: """
            LEFT JOIN LATERAL (
                SELECT sum(c.event_count)::bigint AS total, max(c.last_offset) AS last_offset,
                       (SELECT p.next_offset FROM base.projection_progress p
                        WHERE p.topic = 1 AND p.partition = w.partition) AS next_offset
                FROM base.wallet_events c WHERE c.chain = w.chain AND c.wallet = w.wallet
            ) s ON true
            LEFT JOIN LATERAL (
                SELECT string_agg(int4send(octet_length(c.events)) || c.events, ''::bytea ORDER BY c.first_offset)
                           AS events
                FROM base.wallet_events c
                WHERE c.chain = w.chain AND c.wallet = w.wallet AND c.first_offset <= $4::bigint
                    AND s.total <= $5::bigint AND NOT (
                        least(s.last_offset, $4::bigint) = ANY($6::bigint[])
                        AND live.generation = $7::integer AND w.chain = $8::smallint)
            ) e ON true
            """)
}
