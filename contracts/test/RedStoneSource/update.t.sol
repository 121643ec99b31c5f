// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {RedStoneSource} from "../../src/sources/RedStoneSource.sol";
import {RedStoneFixture} from "../fixture/RedStoneFixture.sol";

contract RedStoneUpdateTest is RedStoneFixture {
    /// @dev Made by RedStone's own SDK (protocol 0.9.0): ETH at 2000.5, 2001 and 1999.25, at START.
    bytes internal constant REAL = hex"45544800000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000002e93e8c080018bcfe5680000000020000001fc4fe0c4f3bce51955afd13b6a80c730e17a125b7a5d438a0b29be384270573d5dfe4b1803ed49e9fe55833b5ae8d72c9514dfcd8f9f8cdc67db709c487935c11c"
        hex"45544800000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000002e96e3b100018bcfe56800000000200000018075c5867e63ea1b89d6a9778f34d5e6fb76128b9b39da3e49189d3e0d1dcb1553c404d2e12e49cecfb1ad14f4835ef0113fec5af52a783a229ab54daa016c4d1c"
        hex"45544800000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000002e8c756740018bcfe5680000000020000001ca4a49593b3fd6a7e424027f18bc6fc2e469ee87078f272575cac802810d4002387df1c8c0c23e7d13a1b6e30ce4c5d0406e9269c600d9ec24659bb35d0f78c81c"
        hex"0003302e392e30237465737400000a000002ed57011e0000";

    function _answer() internal view returns (int256 answer) {
        (, answer,,,) = source.latestRoundData();
    }

    function _now() internal view returns (uint256) {
        return block.timestamp * 1000;
    }

    function test_a_payload_of_the_real_sdk_is_understood() public {
        vm.expectEmit(address(source));
        emit RedStoneSource.Updated(2000.5e8, START * 1000, 3);
        source.update(REAL);
        (uint80 id, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredIn) = source.latestRoundData();
        assertEq(answer, 2000.5e8);
        assertEq(id, START * 1000);
        assertEq(startedAt, START);
        assertEq(updatedAt, START);
        assertEq(answeredIn, id);
    }

    function test_our_packages_are_those_of_the_real_sdk() public view {
        bytes memory packages = bytes.concat(
            _package(keys[1], ID, 2000.5e8, START * 1000),
            _package(keys[0], ID, 2001e8, START * 1000),
            _package(keys[2], ID, 1999.25e8, START * 1000)
        );
        assertEq(_payload(packages, 3, "0.9.0#test"), REAL);
    }

    /// No byte may be changed but those of the metadata, which nobody signs and nobody reads.
    function testFuzz_a_changed_byte_spoils_a_payload(uint256 place, uint8 change) public {
        vm.assume(change != 0);
        bytes memory payload = REAL;
        place = bound(place, 0, payload.length - 1);
        bool metadata = place >= payload.length - 22 && place < payload.length - 12;
        payload[place] = bytes1(uint8(payload[place]) ^ change);
        (bool ok,) = address(source).call(abi.encodeCall(source.update, (payload)));
        assertEq(ok, metadata);
    }

    function testFuzz_the_answer_is_the_median(uint64[3] memory values) public {
        uint256[3] memory v;
        bytes memory packages;
        for (uint256 i; i < 3; ++i) {
            v[i] = bound(values[i], 1, type(uint64).max);
            packages = bytes.concat(packages, _package(keys[i], ID, v[i], _now()));
        }
        source.update(_payload(packages, 3, ""));
        uint256 low = v[0] < v[1] ? v[0] : v[1];
        uint256 high = v[0] < v[1] ? v[1] : v[0];
        uint256 middle = v[2] < low ? low : v[2] > high ? high : v[2];
        assertEq(_answer(), int256(middle));
    }

    /// Whatever the order and the number.
    function testFuzz_the_answer_is_the_median_of_any_number(uint64[7] memory values, uint256 count) public {
        count = bound(count, 1, 7);
        uint256[] memory people = new uint256[](7);
        for (uint256 i; i < 7; ++i) {
            people[i] = uint160(vm.addr(i + 1));
        }
        people = _ascending(people);
        address[] memory signers = new address[](7);
        for (uint256 i; i < 7; ++i) {
            signers[i] = address(uint160(people[i]));
        }
        source = new RedStoneSource(ID, signers, 1, "ETH / USD");
        uint256[] memory few = new uint256[](count);
        bytes memory packages;
        for (uint256 i; i < count; ++i) {
            few[i] = bound(values[i], 1, 20);
            packages = bytes.concat(packages, _package(i + 1, ID, few[i], _now()));
        }
        source.update(_payload(packages, count, ""));
        few = _ascending(few);
        assertEq(_answer(), int256((few[(count - 1) / 2] + few[count / 2]) / 2));
    }

    /// @dev Puts each where it belongs, by how many come before it.
    function _ascending(uint256[] memory values) internal pure returns (uint256[] memory sorted) {
        sorted = new uint256[](values.length);
        for (uint256 i; i < values.length; ++i) {
            uint256 rank;
            for (uint256 j; j < values.length; ++j) {
                if (values[j] < values[i] || (values[j] == values[i] && j < i)) ++rank;
            }
            sorted[rank] = values[i];
        }
    }

    function test_of_two_it_is_the_mean_rounded_down() public {
        bytes memory packages = bytes.concat(_package(keys[0], ID, 10, _now()), _package(keys[1], ID, 13, _now()));
        source.update(_payload(packages, 2, ""));
        assertEq(_answer(), 11);
    }

    /// Not more than three minutes old, nor more than a minute ahead, and after the last one.
    function testFuzz_timestamps_are_near_and_rise(uint256 first, uint256 second) public {
        first = bound(first, _now() - 180_000, _now() + 60_000);
        second = bound(second, _now() - 200_000, _now() + 80_000);
        source.update(_pair(keys[0], keys[1], 1e8, first));
        bytes memory next = _pair(keys[0], keys[1], 2e8, second);
        bool good = second > first && second + 180_000 >= _now() && second <= _now() + 60_000;
        if (!good) {
            vm.expectRevert(
                abi.encodeWithSelector(RedStoneSource.RedStoneSource__BadTime.selector, second, first, _now())
            );
        }
        source.update(next);
        assertEq(_answer(), good ? int256(2e8) : int256(1e8));
        (,,, uint256 updatedAt,) = source.latestRoundData();
        uint256 taken = (good ? second : first) / 1000;
        assertEq(updatedAt, taken > block.timestamp ? block.timestamp : taken, "never from the future");
    }

    /// Else whatever needs a price that is newer than some moment would take one that was known before it.
    function testFuzz_a_round_from_ahead_of_the_clock_does_not_grow_younger(uint256 ahead, uint256 time) public {
        source.update(_pair(keys[0], keys[1], 1e8, _now() + bound(ahead, 0, 60_000)));
        vm.warp(START + bound(time, 0, 2 minutes));
        (,, uint256 startedAt, uint256 updatedAt,) = source.latestRoundData();
        assertEq(updatedAt, START);
        assertEq(startedAt, START);
    }

    function test_the_edges_of_what_is_near_are_near() public {
        uint256[5] memory times = [_now() - 180_000, _now() - 179_999, _now(), _now() + 59_999, _now() + 60_000];
        for (uint256 i; i < 5; ++i) {
            source.update(_pair(keys[0], keys[1], i + 1, times[i]));
            assertEq(_answer(), int256(i + 1));
            _expect(RedStoneSource.RedStoneSource__BadTime.selector);
            source.update(_pair(keys[0], keys[1], 9, times[i]));
        }
        _expect(RedStoneSource.RedStoneSource__BadTime.selector);
        source.update(_pair(keys[0], keys[1], 9, _now() + 60_001));
        source = _newSource();
        _expect(RedStoneSource.RedStoneSource__BadTime.selector);
        source.update(_pair(keys[0], keys[1], 9, _now() - 180_001));
    }

    function test_the_edges_of_what_the_hub_takes_are_taken() public {
        uint256 most = uint128(type(int128).max);
        uint256[4] memory values = [uint256(0), 1, most, most + 1];
        for (uint256 i; i < 4; ++i) {
            bool good = i == 1 || i == 2;
            if (!good) _expect(RedStoneSource.RedStoneSource__BadPackage.selector);
            source.update(_pair(keys[0], keys[1], values[i], _now() + i));
            if (good) assertEq(_answer(), int256(values[i]));
        }
    }

    function testFuzz_a_value_the_hub_could_not_take_is_refused(uint256 value) public {
        bytes memory payload = _pair(keys[0], keys[1], value, _now());
        bool good = value != 0 && value <= uint128(type(int128).max);
        if (!good) _expect(RedStoneSource.RedStoneSource__BadPackage.selector);
        source.update(payload);
        if (good) assertEq(_answer(), int256(value));
    }

    function testFuzz_garbage_is_refused(bytes memory garbage) public {
        vm.assume(keccak256(garbage) != keccak256(REAL)); // the fuzzer knows it
        vm.expectRevert();
        source.update(garbage);
        vm.expectRevert();
        source.update(bytes.concat(garbage, hex"000000", hex"000002ed57011e0000"));
    }

    function test_without_a_payload_it_fails() public {
        _expect(RedStoneSource.RedStoneSource__NoRound.selector);
        source.latestRoundData();
    }

    function test_the_hub_lists_it() public {
        _adopt(_listing());
        assertEq(hub.price(address(tokens[3])), 2000e18);
        assertEq(source.signers(), _signers());
        assertEq(source.description(), "ETH / USD");
    }

    function test_settings_make_sense() public {
        address[] memory signers = _signers();
        uint256[2] memory quorums = [uint256(0), 4];
        for (uint256 i; i < 2; ++i) {
            _expect(RedStoneSource.RedStoneSource__BadSettings.selector);
            this.deploy(signers, quorums[i]);
        }
        signers[1] = signers[0];
        _expect(RedStoneSource.RedStoneSource__BadSettings.selector);
        this.deploy(signers, 2);
        signers = _signers();
        signers[0] = address(0);
        _expect(RedStoneSource.RedStoneSource__BadSettings.selector);
        this.deploy(signers, 2);
        signers = new address[](17);
        for (uint160 i; i < 17; ++i) {
            signers[i] = address(i + 1);
        }
        _expect(RedStoneSource.RedStoneSource__BadSettings.selector);
        this.deploy(signers, 2);
    }

    /// @dev From outside: forge deploys by a cheat code, whose revert would be the end of the test.
    function deploy(address[] calldata signers, uint256 quorum) external {
        new RedStoneSource(ID, signers, quorum, "");
    }
}
